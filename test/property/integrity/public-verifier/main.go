// Reads a checkpoint and its proofs as the transparency logs of the field do, with nothing of the register's own code.
package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	formats "github.com/transparency-dev/formats/log"
	cosigned "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type entry struct {
	Index int64
	Leaf  string
	Proof []string
}

type question struct {
	Checkpoint  string
	Older       string
	Origin      string
	Key         string
	Witnesses   []string
	Consistency []string
	Entries     []entry
}

type answer struct {
	Size      uint64
	OlderSize uint64
	Cosigned  int
	Included  int
}

func main() {
	var asked question
	must(json.NewDecoder(os.Stdin).Decode(&asked))
	key, err := note.NewVerifier(asked.Key)
	must(err)
	var witnesses []note.Verifier
	for _, text := range asked.Witnesses {
		witness, err := cosigned.NewVerifierForCosignatureV1(text)
		must(err)
		witnesses = append(witnesses, witness)
	}
	newer, _, signed, err := formats.ParseCheckpoint([]byte(asked.Checkpoint), asked.Origin, key, witnesses...)
	must(err)
	result := answer{Size: newer.Size, Cosigned: len(signed.Sigs) - 1}
	if asked.Older != "" {
		older, _, _, err := formats.ParseCheckpoint([]byte(asked.Older), asked.Origin, key)
		must(err)
		must(tlog.CheckTree(proof(asked.Consistency), int64(newer.Size), hash(newer.Hash), int64(older.Size), hash(older.Hash)))
		result.OlderSize = older.Size
	}
	for _, one := range asked.Entries {
		data, err := hex.DecodeString(one.Leaf)
		must(err)
		must(tlog.CheckRecord(tlog.RecordProof(proof(one.Proof)), int64(newer.Size), hash(newer.Hash), one.Index, tlog.RecordHash(data)))
		result.Included++
	}
	must(json.NewEncoder(os.Stdout).Encode(result))
}

func proof(hashes []string) tlog.TreeProof {
	var all []tlog.Hash
	for _, text := range hashes {
		bytes, err := hex.DecodeString(text)
		must(err)
		all = append(all, hash(bytes))
	}
	return all
}

func hash(bytes []byte) tlog.Hash {
	var one tlog.Hash
	copy(one[:], bytes)
	return one
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
