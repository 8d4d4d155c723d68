/** Ids in one question; databases limit how many values it may hold. */
const mostIds = 500

/** Finds rows of many ids with few questions. */
export async function findByIds<Row>(
  ids: Iterable<string>,
  find: (ids: string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const left = [...new Set(ids)]
  const rows: Row[] = []
  while (left.length > 0) rows.push(...(await find(left.splice(0, mostIds))))
  return rows
}

/** @returns Each id's rows, in the order they came; an empty list where there are none. */
export function groupRows<Row>(
  ids: Iterable<string>,
  rows: Iterable<Row>,
  idOf: (row: Row) => string,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const id of ids) groups.set(id, [])
  for (const row of rows) groups.get(idOf(row))?.push(row)
  return groups
}
