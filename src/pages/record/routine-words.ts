import type { FactName } from '../../facts/event-catalogue.js';

/** What the routine for fast omsorgskontakt asks of whoever records a step, in its own words as far as they can be. */
export const ROUTINE_WORDS: Readonly<Partial<Record<FactName, readonly string[]>>> = {
  InformationGiven: [
    'Informera vid ett fysiskt möte. Berätta att kontaktmannaskapet ersätts av fast omsorgskontakt, vad rollen innebär och att det går att tacka ja eller nej.',
    'Fråga om anhörig eller legal företrädare ska informeras. Dela ut informationsbroschyren och förvissa dig om att informationen har förståtts.',
  ],
  ContactOffered: [
    'Alla som har hemtjänst ska erbjudas en fast omsorgskontakt, om det inte är uppenbart obehövligt.',
    'Den som tackar nej kan ändra sig. Erbjud då på nytt.',
  ],
  OfferAccepted: [
    'Anteckna i den sociala journalen att omsorgstagaren har tackat ja.',
    'Boka så snart som möjligt ett nytt möte för genomgång, och fråga om anhörig eller legal företrädare ska vara med.',
  ],
  OfferDeclined: [
    'Omsorgstagaren kan välja att tacka ja eller nej.',
    'Anteckna i den sociala journalen att omsorgstagaren har tackat nej, och orsaken. Vill omsorgstagaren inte ange någon orsak är det svaret.',
  ],
  ObviousUnnecessityAssessed: [
    'Omsorgstagarens egen syn på behovet ska beaktas och framgå.',
    'Bedömningen ska göras om när de beviljade insatserna ändras.',
  ],
  ContactAssigned: [
    'Enhetschefen utser den fasta omsorgskontakten. Ta också hänsyn till personlig lämplighet och språkkunskaper.',
    'I hemtjänsten ska den som utses ha rätt att använda yrkestiteln undersköterska.',
    'Kontakten ska ha gått utbildningen och fått sin uppdragsbeskrivning av enhetschefen.',
  ],
  ContactReplaced: [
    'Omsorgstagaren ska kunna byta fast omsorgskontakt.',
    'Den nya kontakten ska uppfylla samma krav som den gamla.',
  ],
  PlanMeetingBooked: [
    'Boka mötet för genomgång så snart som möjligt efter ett ja.',
    'Fråga om anhörig eller legal företrädare ska vara med, och hjälp till att bjuda in dem.',
  ],
  PlanMeetingHeld: [
    'Gå igenom rollen på nytt och varje rubrik: trygghet, kontinuitet, individanpassad omsorg och samordning.',
    'Utgå från beslutet och från det som omsorgstagaren själv kan göra. Ställ öppna frågor.',
  ],
  PlanAgreed: [
    'Skriv under varje rubrik vad ni har kommit överens om, och dagen då det ska följas upp.',
    'Anteckna i den sociala journalen att ni har träffats och vilka som var med.',
  ],
  PlanRevised: ['Skriv vad som ändras under varje rubrik, och dagen då det ska följas upp.'],
  FollowUpHeld: ['Följ upp med omsorgstagaren hur kontakten fungerar, och bestäm nästa dag.'],
  RecordedInDocument: [
    'Vem som är fast omsorgskontakt ska framgå av den sociala journalen, genomförandeplanen och personbilden.',
  ],
  ConsentGiven: ['Anhörig informeras och deltar bara om omsorgstagaren samtycker.'],
  TitleVerified: ['Kontrollera beviset om rätt att använda yrkestiteln undersköterska innan någon utses.'],
  AssignmentDescriptionSigned: [
    'Enhetschefen överlämnar uppdragsbeskrivningen. Medarbetaren skriver under med ort och datum.',
  ],
  YearlyFollowUpHeld: ['Följ upp uppdraget med medarbetaren minst en gång om året.'],
};
