import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SourceTextModule, SyntheticModule } from 'node:vm';
import { expect } from 'expect';
import ts from 'typescript';

/**
 * Runs spec files in this process, time and again, each time with one source file replaced. Every run links all modules
 * anew, so that nothing of a mutant stays behind. It knows as much of Jest as the specs of pure rules use: describe,
 * it, it.each, expect.
 */
export class SpecRunner {
  #compiled = new Map();
  #outside = new Map();

  /**
   * @param {readonly string[]} specs absolute paths
   * @param {{file: string, source: string} | undefined} mutant what to put in place of a file, by absolute path
   * @returns {Promise<string | undefined>} the first test that failed, or undefined when all passed
   */
  async firstFailure(specs, mutant) {
    const modules = new Map();
    for (const spec of specs) {
      const tests = [];
      const run = { modules, mutant, shim: shimOf(tests) };
      const module = this.#module(spec, run);
      try {
        await module.link((specifier, from) => this.#resolve(specifier, from, run));
        await module.evaluate();
      } catch (error) {
        return `${spec}: ${error.message}`;
      }
      for (const { title, body } of tests) {
        try {
          await body();
        } catch (error) {
          return `${title}: ${String(error.message).split('\n')[0]}`;
        }
      }
    }
    return undefined;
  }

  async #resolve(specifier, from, run) {
    if (specifier === '@jest/globals') return run.shim;
    if (!specifier.startsWith('.')) return this.#outsideModule(specifier);
    const path = resolve(dirname(from.identifier), specifier).replace(/\.js$/, '.ts');
    if (!existsSync(path)) throw new Error(`no file ${path}`);
    return this.#module(path, run);
  }

  #module(path, { modules, mutant }) {
    let module = modules.get(path);
    if (!module) {
      const code = mutant?.file === path ? toJavaScript(mutant.source) : this.#compile(path);
      module = new SourceTextModule(code, { identifier: path });
      modules.set(path, module);
    }
    return module;
  }

  #compile(path) {
    let code = this.#compiled.get(path);
    if (code === undefined) {
      code = toJavaScript(readFileSync(path, 'utf8'));
      this.#compiled.set(path, code);
    }
    return code;
  }

  /** A package: loaded once by Node, seen through a module that only passes its exports on. */
  async #outsideModule(specifier) {
    let module = this.#outside.get(specifier);
    if (!module) {
      const namespace = await import(specifier);
      module = passingOn(namespace);
      this.#outside.set(specifier, module);
    }
    return module;
  }
}

function toJavaScript(source) {
  return ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: false },
  }).outputText;
}

function passingOn(namespace) {
  const names = Object.keys(namespace);
  return new SyntheticModule(names, function () {
    for (const name of names) this.setExport(name, namespace[name]);
  });
}

/** `describe`, `it` and `expect` as the specs import them; the tests are collected into the list. */
function shimOf(tests) {
  const it = (title, body) => tests.push({ title, body });
  it.each = (rows) => (title, body) =>
    rows.forEach((row, index) => it(`${row.title ?? title} #${index}`, () => body(row)));
  return passingOn({ describe: (_title, body) => body(), it, expect });
}
