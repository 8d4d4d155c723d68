import type { StateMachine, Transition } from './state-machine.ts'

/** A state machine with a place for everything, in units of the drawing. */
export interface StateDiagram {
  width: number
  height: number
  boxes: readonly Box[]
  lines: readonly Line[]
}

export interface Box {
  state: string
  x: number
  y: number
}

/** One transition. */
export interface Line {
  transition: Transition
  /** SVG path data of its strokes. */
  path: string
  /** SVG path data of its arrowhead. */
  head: string
  /** Where strokes from several states join. */
  joints: readonly Point[]
  label: { x: number; y: number; anchor: 'start' | 'middle' }
}

type Point = readonly [x: number, y: number]

export const boxSize = { width: 104, height: 34 }

const gap = 40
const pitch = boxSize.width + gap
const track = 27
const margin = 6

/**
 * Places the states as the author lays them out, and leads every transition along: one to the next
 * place in a row is an arrow, one between rows in the same column as well, every other runs on a
 * track of its own, above the first row, below the last or between.
 *
 * @param layout Rows of states, `/` between rows, a space between states. Every state once.
 * @throws {Error} A state is missing, unknown or there twice.
 */
export function layStates(machine: StateMachine, layout: string): StateDiagram {
  return new Drawing(machine, rowsOf(machine, layout)).draw()
}

function rowsOf({ states }: StateMachine, layout: string): string[][] {
  const rows = layout.split('/').map((row) => row.trim().split(/\s+/))
  const placed = rows.flat()
  const missing = states.filter((state) => !placed.includes(state))
  const stray = placed.filter((state) => !states.includes(state))
  const twice = placed.filter((state, index) => placed.indexOf(state) !== index)
  const wrong = [
    missing.length > 0 && `${missing.join(', ')} missing`,
    stray.length > 0 && `${stray.join(', ')} unknown`,
    twice.length > 0 && `${twice.join(', ')} there twice`,
  ].filter(Boolean)
  if (wrong.length > 0) throw new Error(`the layout has ${wrong.join('; ')}.`)
  return rows
}

/** Which way a transition goes. */
type Route = 'next' | 'straight' | 'track'

interface Routed {
  transition: Transition
  route: Route
  /** The space between rows it runs in: 0 is above the first row. */
  band: number
  /** Among the tracks of its band, 0 nearest to the first row below it. */
  index: number
}

class Drawing {
  readonly #rows: readonly (readonly string[])[]
  readonly #routed: Routed[]
  readonly #tops: number[] = []
  readonly #bands: number[]
  readonly #ports = new Map<string, Routed[]>()

  constructor({ transitions }: StateMachine, rows: readonly (readonly string[])[]) {
    this.#rows = rows
    this.#routed = transitions.map((transition) => this.#route(transition))
    this.#bands = Array.from({ length: rows.length + 1 }, (_, band) => this.#settleBand(band))
    for (const routed of this.#routed) this.#claimPorts(routed)
    let y = margin
    for (const [row] of rows.entries()) {
      y += this.#bands[row] ?? 0
      this.#tops[row] = y
      y += boxSize.height
    }
  }

  draw(): StateDiagram {
    const columns = Math.max(...this.#rows.map((row) => row.length))
    const bottom = (this.#tops.at(-1) ?? 0) + boxSize.height + (this.#bands.at(-1) ?? 0)
    return {
      width: columns * pitch + 2 * margin,
      height: bottom + margin,
      boxes: this.#rows.flatMap((row) => row.map((state) => ({ state, ...this.#corner(state) }))),
      lines: this.#routed.map((routed) => this.#line(routed)),
    }
  }

  #route(transition: Transition): Routed {
    const { from, to } = transition
    const target = this.#place(to)
    const sources = from.map((state) => this.#place(state))
    const [only] = sources.length === 1 ? sources : []
    if (only?.row === target.row && target.column - only.column === 1 && only.row > 0) {
      return { transition, route: 'next', band: target.row, index: 0 }
    }
    const band = Math.max(...sources.map(({ row }) => row), target.row)
    if (only && only.column === target.column && Math.abs(only.row - target.row) === 1) {
      return { transition, route: 'straight', band, index: 0 }
    }
    const sameRow = sources.every(({ row }) => row === target.row)
    return {
      transition,
      route: 'track',
      band: sameRow && target.row > 0 ? target.row + 1 : band,
      index: 0,
    }
  }

  /** Gives the tracks of a band their order, the shortest nearest to the boxes; its height. */
  #settleBand(band: number): number {
    const here = this.#routed.filter((one) => one.route === 'track' && one.band === band)
    const ordered = here.toSorted((a, b) => this.#length(a) - this.#length(b))
    for (const [index, routed] of ordered.entries()) routed.index = index
    const inner = band > 0 && band < this.#rows.length
    if (here.length === 0) return inner ? 60 : margin
    return here.length * track + (inner ? 62 : 8)
  }

  #length({ transition: { from, to } }: Routed): number {
    const columns = [...from, to].map((state) => this.#place(state).column)
    return Math.max(...columns) - Math.min(...columns) + from.length / 10
  }

  #claimPorts(routed: Routed): void {
    if (routed.route !== 'track') return
    const { from, to } = routed.transition
    // A state that leads to itself has the line twice.
    for (const state of [...from, to]) {
      const key = this.#side(state, routed)
      this.#ports.set(key, [...(this.#ports.get(key) ?? []), routed])
    }
  }

  #side(state: string, { band }: Routed): string {
    return `${state} ${this.#place(state).row < band ? 'bottom' : 'top'}`
  }

  #line(routed: Routed): Line {
    const { transition, route } = routed
    if (route === 'next') return this.#next(transition)
    if (route === 'straight') return this.#straight(transition)
    return this.#track(routed)
  }

  #next(transition: Transition): Line {
    const from = this.#corner(transition.from[0] ?? '')
    const to = this.#corner(transition.to)
    const y = from.y + boxSize.height / 2
    const start = from.x + boxSize.width
    return {
      transition,
      path: `M${start} ${y}H${to.x - 7}`,
      head: arrowhead([to.x, y], 'right'),
      joints: [],
      label: { x: (start + to.x) / 2, y: from.y - 26, anchor: 'middle' },
    }
  }

  #straight(transition: Transition): Line {
    const from = this.#corner(transition.from[0] ?? '')
    const to = this.#corner(transition.to)
    const x = from.x + boxSize.width - 16
    const down = to.y > from.y
    const start = down ? from.y + boxSize.height : from.y
    const end = down ? to.y : to.y + boxSize.height
    return {
      transition,
      path: `M${x} ${start}V${end + (down ? -7 : 7)}`,
      head: arrowhead([x, end], down ? 'down' : 'up'),
      joints: [],
      label: { x: x + 8, y: Math.max(from.y, to.y) - 44, anchor: 'start' },
    }
  }

  #track(routed: Routed): Line {
    const { transition } = routed
    const y = this.#trackAt(routed)
    const seen = new Map<string, number>()
    const port = (state: string): number => {
      const side = this.#side(state, routed)
      const skip = seen.get(side) ?? 0
      seen.set(side, skip + 1)
      return this.#portAt(state, routed, skip)
    }
    const sources = transition.from.map((state): Point => [port(state), this.#edge(state, routed)])
    const target: Point = [port(transition.to), this.#edge(transition.to, routed)]
    const xs = [...sources.map(([x]) => x), target[0]]
    const down = target[1] > y
    const path = [
      `M${Math.min(...xs)} ${y}H${Math.max(...xs)}`,
      ...sources.map(([x, edge]) => `M${x} ${edge}V${y}`),
      `M${target[0]} ${y}V${target[1] + (down ? -7 : 7)}`,
    ]
    return {
      transition,
      path: path.join(''),
      head: arrowhead(target, down ? 'down' : 'up'),
      joints: sources.length > 1 ? sources.map(([x]) => [x, y] as const) : [],
      label: { x: Math.min(...xs) + 8, y: y - 6, anchor: 'start' },
    }
  }

  #trackAt({ band, index }: Routed): number {
    const above = this.#tops[band - 1]
    if (above === undefined) return (this.#tops[0] ?? 0) - 12 - index * track
    return above + boxSize.height + 22 + index * track
  }

  /** Where lines leave or reach a box on the side of the track. */
  #edge(state: string, routed: Routed): number {
    const { y } = this.#corner(state)
    return this.#place(state).row < routed.band ? y + boxSize.height : y
  }

  #portAt(state: string, routed: Routed, skip: number): number {
    const ports = this.#ports.get(this.#side(state, routed)) ?? []
    const index = ports.indexOf(routed) + skip
    // The right end belongs to the arrows that go straight up or down.
    const room = boxSize.width - 36
    return this.#corner(state).x + 10 + ((index + 0.5) * room) / ports.length
  }

  #corner(state: string): { x: number; y: number } {
    const { row, column } = this.#place(state)
    return { x: margin + column * pitch, y: this.#tops[row] ?? 0 }
  }

  #place(state: string): { row: number; column: number } {
    const row = this.#rows.findIndex((states) => states.includes(state))
    return { row, column: this.#rows[row]?.indexOf(state) ?? -1 }
  }
}

function arrowhead([x, y]: Point, towards: 'up' | 'down' | 'right'): string {
  if (towards === 'right') return `M${x} ${y}l-8 -4.5v9z`
  return towards === 'down' ? `M${x} ${y}l-4.5 -8h9z` : `M${x} ${y}l-4.5 8h9z`
}
