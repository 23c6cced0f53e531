export { FailureNotice, type FailureNoticeProps } from './failure-notice.tsx';
export { ActionNote, actionNote, type ActionNoteProps } from './action-note.tsx';
