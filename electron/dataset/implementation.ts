/** (0002,0012), and what we call ourselves in an association (PS3.7 §D.3.3.2). */
export const implementationClassUid = '2.25.265192740415023631822614021335429158477';

/** (0002,0013): at most 16 characters. */
export const implementationVersionName = 'GANTRY 0.1.0';
