import { expect, test } from 'vitest'
import { describeAnswers } from '../../src/model/panel-answers.ts'
import { anchorsOf, readFixture } from './read-odd.ts'

const { operations } = await readFixture('odd.yaml')

test('the places of answers are places of the page, and their words stay there', () => {
  const named = operations.flatMap((operation) => {
    const anchors = new Set(anchorsOf(operation))
    const found: string[] = []
    JSON.stringify(describeAnswers(operation), (_key, value: unknown) => {
      if (typeof value === 'string' && value.startsWith('response-')) found.push(value)
      return value
    })
    expect(found.filter((anchor) => !anchors.has(anchor))).toEqual([])
    return found
  })
  expect(named.length).toBeGreaterThan(5)
})
