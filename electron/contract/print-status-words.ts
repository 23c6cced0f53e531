import { status, type StatusWords } from './status-words.ts';

const printing = ['N-CREATE', 'N-SET', 'N-ACTION'] as const;
const askPrinter = 'Ask the administrator of {server} what the printer supports.';
const smaller = 'Choose a layout with larger images, or a larger film.';

/** The statuses of print management, PS3.4 §H.4. The first that fits is the one. */
export const printStatusWords: readonly StatusWords[] = [
  {
    ...status(printing, 0xb600, 0xb600),
    meaning: 'memory is not set aside',
    explanation: 'It goes on, but can’t set memory aside for the whole film session.',
    suggestion: 'Nothing is lost. A large job may have to be printed in parts.',
  },
  {
    ...status(printing, 0xb601, 0xb601),
    meaning: 'films are not kept together',
    explanation: 'It prints, but does not collate the films of a session.',
    suggestion: 'Nothing is lost. Check the order of the films.',
  },
  {
    ...status(printing, 0xb602, 0xb603),
    meaning: 'there are no images on the film',
    explanation: 'The film has image boxes, but none of them holds an image: an empty page.',
    suggestion: 'Put images on the film and print it again.',
  },
  {
    ...status(printing, 0xb604, 0xb604),
    meaning: 'the image was made smaller',
    explanation: 'It is larger than its place on the film and was demagnified to fit.',
    suggestion: smaller,
  },
  {
    ...status(printing, 0xb605, 0xb605),
    meaning: 'the density is out of range',
    explanation: 'The printer can’t print the minimum or maximum density asked for and uses its own.',
    suggestion: askPrinter,
  },
  {
    ...status(printing, 0xb609, 0xb609),
    meaning: 'the image was cropped',
    explanation: 'It is larger than its place on the film, and its edges were cut off.',
    suggestion: smaller,
  },
  {
    ...status(printing, 0xb60a, 0xb60a),
    meaning: 'the image was decimated',
    explanation: 'It is larger than its place on the film, and rows and columns were left out to fit.',
    suggestion: smaller,
  },
  {
    ...status(printing, 0xc600, 0xc600),
    meaning: 'there is no film to print',
    explanation: 'The film session has no films.',
    suggestion: 'Put images on a film and print it again.',
  },
  {
    ...status(printing, 0xc601, 0xc602),
    meaning: 'the print queue is full',
    explanation: 'It can’t take another print job at the moment.',
    suggestion: 'Try again when other jobs are printed.',
  },
  {
    ...status(printing, 0xc603, 0xc603),
    meaning: 'the image is larger than its place',
    explanation: 'It does not fit into its image box, and the printer does not make it smaller.',
    suggestion: smaller,
  },
  {
    ...status(printing, 0xc605, 0xc605),
    meaning: 'the printer is out of memory',
    explanation: 'It has not enough memory left for the image.',
    suggestion: 'Print fewer images at once, or try again later.',
  },
  {
    ...status(printing, 0xc613, 0xc613),
    meaning: 'the combined image is larger than its place',
    explanation: 'Image and overlay together don’t fit into the image box.',
    suggestion: smaller,
  },
  {
    ...status(printing, 0xc616, 0xc616),
    meaning: 'another film waits to be printed',
    explanation: 'It takes one film at a time, and the one before has not been printed yet.',
    suggestion: 'Print or remove the film before, then try again.',
  },
];
