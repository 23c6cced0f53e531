export { QueryScreen, type QueryScreenProps } from './query-screen.tsx';
