export { FailureNotice, type FailureNoticeProps } from './failure-notice.tsx';
