/** The page that explains an export to whoever receives it. @param keyId names the key that signed it */
export function readme(keyId: string): string {
  return `UTDRAG UR REGISTRET ÖVER FAST OMSORGSKONTAKT

Filerna
  handelser.txt    Alla händelser i läsbar text.
  entries.ndjson   Samma händelser, en per rad, med bevis. "entry" är händelsen, "body" är exakt
                   de byte som lagrades när den registrerades.
  medarbetare.ndjson  I utdrag om en person: det som hennes fasta omsorgskontakters uppdrag vilar på
                   (titel, utbildning, anställning och frånvaro under uppdraget), med bevis. Där de
                   lagrade byten säger mer än så finns bara händelsens kontrollsumma.
  bedomning.txt    I utdrag om en person: hur reglerna bedömer hennes omsorgsperioder.
  checkpoint.txt   Registrets signerade kontrollpunkt: hur många händelser som fanns då, och
                   kontrollträdets rotvärde.
  checkpoint-cosigned.txt  Samma kontrollpunkt med underskrifter av vittnen, om några har skrivit
                   under.
  tidsstampel-1.tsr  Tidsstämpel över checkpoint.txt (RFC 3161), om en sådan har hämtats.
  public-key.vkey  Samma nyckel som public-key.pem i den form som verktyg för kontrollpunkter tar.
  public-key.pem   Den öppna nyckel som kontrollpunkten och utdraget är signerade med (${keyId}).
  manifest.json    Kontrollsumma (SHA-256) för varje fil. manifest.sig är dess signatur.

Kontrollera utdraget
  fok verify-export FIL.zip --public-key NYCKEL.pem
  Registret behövs inte. Använd en öppen nyckel som ni har fått på annan väg än i denna fil;
  annars visar kontrollen bara att utdraget är oförändrat sedan det gjordes.

Kontrollera vittnen och tidsstämplar
  Ett vittne är någon utanför registret som har sett varje kontrollpunkt och bara skriver under
  den som fortsätter den förra. Använd vittnets nyckel som ni har fått av vittnet självt:
  fok verify-export FIL.zip --public-key NYCKEL.pem --witness VITTNETS-NYCKEL
  checkpoint-cosigned.txt är en signerad kontrollpunkt enligt C2SP (https://c2sp.org/tlog-cosignature)
  och kan läsas av andra program än detta, med public-key.vkey och vittnets nyckel.
  Tidsstämpeln kontrolleras med openssl och tidsstämplarens rotcertifikat:
  openssl ts -verify -data checkpoint.txt -in tidsstampel-1.tsr -CAfile ROT.pem

Vad som bevisas
  Att varje händelse stod i registret, på samma plats och ordagrant, när kontrollpunkten gjordes,
  och att de förseglade uppgifterna är de som registrerades. Hela händelsekedjor ingår, från den första
  händelsen till den sista vid kontrollpunkten. Det bevisas inte att uppgifterna var sanna.

Gallrade uppgifter
  "DESTROYED" betyder att uppgifterna har gallrats efter beslut genom att personens nyckel
  förstördes: händelsen står kvar, men personuppgifterna i den kan ingen längre läsa.

Dolda uppgifter
  "SECRET" betyder att ett nummer som personen hade tidigare är hemligt och står i händelsen. De
  förseglade uppgifterna i den är då utelämnade ur entries.ndjson, och numret ur handelser.txt.

Utdraget innehåller personuppgifter och omfattas av sekretess.
`;
}
