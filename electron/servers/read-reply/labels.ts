import type { FoundField } from '../../contract/read-reply.ts';

type Field = FoundField['field'];

/**
 * What people write before a value, or over a column, in English, German, French, Spanish and Italian;
 * in lower case, without signs and spaces.
 */
const names: Readonly<Partial<Record<Field, string>>> = {
  name: 'name server servername displayname system archive pacs bezeichnung nom nombre nome',
  aeTitle: `ae aet aetitle aetitel calledae calledaet calledaetitle serverae serveraetitle dicomaetitle dicomae
    dicomaet pacsaetitle pacsae pacsaet remoteae remoteaetitle applicationentity applicationentitytitle titreae
    tituloae titoloae titleae calledapplicationentitytitle`,
  callingAeTitle: 'callingae callingaet callingaetitle youraetitle yourae youraet clientae clientaetitle',
  host: `host hostname ip ipaddress ipaddr ipv4 ipv6 address addr fqdn dns dnsname serverip serveraddress serverhost
    pacsip dicomhost ipadresse adresse adresseip ipadress rechnername hote direccion direccionip indirizzo
    indirizzoip ipaddressordomainname hostip iphost`,
  port: `port portnumber portno dicomport tcpport serverport pacsport portnummer puerto porta numerodeport scpport`,
  listenPort: 'listenport listeningport listenportnumber yourport clientport moveport',
  tls: 'tls tlssecured ssl encryption secure verschlusselung dicomtls tlsssl',
  webUrl: 'url dicomweb dicomweburl webaddress endpoint endpointurl qido qidors baseurl rooturl',
  contact: 'contact kontakt ansprechpartner responsible',
  organisation: 'organisation organization hospital site institution',
  group: 'group location department standort abteilung',
  description: 'description comment remark beschreibung note',
};

/** Which field a label names; `null`: none. */
export function fieldLabelled(label: string): Field | null {
  const plain = label
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\(.*?\)|[^a-z0-9]/g, '');
  for (const [field, labels] of Object.entries(names)) {
    if (labels.split(/\s+/).includes(plain) && isField(field)) return field;
  }
  return null;
}

function isField(name: string): name is Field {
  return Object.hasOwn(names, name);
}
