/** What the answer must look like; `parseAnswer` reads it. */
export const ANSWER_FORMAT = `Answer in exactly this form, and with nothing else:

IDEA: one line that says what you change and why it should help

FILE: path/of/a/file
<<<<<<< SEARCH
lines copied from the file as they are, enough of them to fit one place only
=======
the lines that take their place
>>>>>>> REPLACE

FILE: path/of/a/new/file (new)
\`\`\`
the whole content
\`\`\`

DELETE: path/of/a/file

Use as many blocks as you need, several SEARCH/REPLACE blocks for one file too. Change only editable files.`;

/** What is sent back when an answer could not be used. */
export const reask = (problems: readonly string[]): string =>
  [
    'Your answer could not be used:',
    ...problems.slice(0, 8).map((problem) => `- ${problem}`),
    '',
    'Give the whole answer again, every block of it.',
    '',
    ANSWER_FORMAT,
  ].join('\n');
