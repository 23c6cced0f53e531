export { ServersScreen, type ServersScreenProps } from './servers-screen.tsx';
