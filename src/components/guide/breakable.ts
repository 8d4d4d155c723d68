/**
 * Lets long names in code break where one would break them by hand, after `_` or `:` and before a
 * capital: a narrow screen has little room for the columns of a table.
 *
 * @param html Of a table's cell.
 */
export function breakable(html: string): string {
  return html.replace(
    /(<code>)([^<]*)(?=<\/code>)/g,
    (_, tag: string, text: string) =>
      tag + text.replace(/([a-z\d][_:])(?=[a-z])|([a-z])(?=[A-Z])|([A-Z]_)(?=[A-Z])/g, '$&<wbr>'),
  )
}
