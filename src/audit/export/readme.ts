/** The page that explains an export to whoever receives it. @param keyId names the key that signed it */
export function readme(keyId: string): string {
  return `UTDRAG UR REGISTRET ÖVER FAST OMSORGSKONTAKT

Filerna
  handelser.txt    Alla händelser i klartext, att läsa.
  entries.ndjson   Samma händelser, en per rad, med bevis. "entry" är händelsen, "body" är exakt
                   de byte som lagrades när den registrerades.
  checkpoint.txt   Registrets signerade intyg: så många händelser fanns, med denna rot.
  public-key.pem   Den öppna nyckel som intyget och utdraget är signerade med (${keyId}).
  manifest.json    Kontrollsumma (SHA-256) för varje fil. manifest.sig är dess signatur.

Kontrollera utdraget
  fok verify-export FIL.zip --public-key NYCKEL.pem
  Registret behövs inte. Använd en öppen nyckel som ni har fått på annan väg än i denna fil;
  annars visar kontrollen bara att utdraget är oförändrat sedan det gjordes.

Vad som bevisas
  Att varje händelse stod i registret, på sin plats och ordagrant så, när intyget gavs, och att
  de förseglade uppgifterna är de som registrerades. Hela händelsekedjor ingår, från den första
  händelsen till den sista vid intyget. Det bevisas inte att uppgifterna var sanna.

Förstörda uppgifter
  "DESTROYED" betyder att personens nyckel är förstörd efter beslut: händelsen står kvar, men de
  personuppgifter som den innehöll kan ingen längre läsa.

Dolda uppgifter
  "SECRET" betyder att ett nummer som personen hade tidigare är hemligt och står i händelsen. De
  förseglade uppgifterna i den är då utelämnade ur entries.ndjson, och numret ur handelser.txt.

Utdraget innehåller personuppgifter och omfattas av sekretess.
`;
}
