/** Words about work that takes its time. */
export const jobs = {
  'job.of': '{done} of {of}',
  'job.some': '{done} so far',
  'job.begins': 'Begins…',
  'job.cancel.name': 'Cancel: {label}',
  'job.failed': 'It did not work: {say}',
  'job.cancelled': 'You cancelled it.',
  'job.interrupted': 'The house was stopped meanwhile. Begin again: what is done need not be done twice.',
} as const;
