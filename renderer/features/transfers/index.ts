export { TransfersScreen, type TransfersScreenProps } from './transfers-screen.tsx';
