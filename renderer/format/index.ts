export { CertificateChain } from './certificate-chain.tsx';
export { daysLeftWords, expiryTone, purposeWords } from './certificate-words.ts';
export { ageAt, formatDate, formatTime, parseDate } from './dicom-date.ts';
export { DicomDate } from './dicom-date-label.tsx';
export { formatPersonName, personNameText, type PersonNameGroups } from './person-name.ts';
export { PersonName } from './person-name-label.tsx';
export { countOf, formatBytes, formatCount, formatDuration, formatRate } from './quantity.ts';
export {
  isOngoing,
  progressCount,
  timeLeftMs,
  timeLeftWords,
  transferStateWords,
  transferSubject,
} from './transfer-words.ts';
export { outcomeWords, reportWords } from './report-words.ts';
export { visibleText } from './visible-text.ts';
