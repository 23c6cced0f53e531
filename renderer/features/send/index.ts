export { SendScreen, type SendScreenProps } from './send-screen.tsx';
