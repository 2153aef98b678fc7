const digits = (value) => value.toFixed(Math.abs(value) >= 100 ? 1 : Math.abs(value) < 0.5 ? 3 : 2);

/** One table as text: measured beside the specification's number, a star where they differ by > 3 errors. */
export const print = (rows) => {
  console.log(`\n${rows[0].table}`);
  const width = Math.max(...rows.map(({ row }) => row.length));
  const column = Math.max(...rows.map((one) => one.column.length));
  for (const { row, column: name, spec, measured, se, differs } of rows) {
    const numbers = `${digits(measured).padStart(8)} ± ${digits(se)}`.padEnd(18);
    console.log(
      `  ${row.padEnd(width)}  ${name.padEnd(column)} ${numbers} spec ${spec}${differs ? '  *' : ''}`,
    );
  }
};
