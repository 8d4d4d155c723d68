import { firstSentence, plainText } from '../markdown/first-sentence.ts'
import {
  type GraphqlReference,
  type GraphqlRoot,
  type GraphqlType,
  graphqlExplorer,
  graphqlHome,
  graphqlTypes,
  type RootField,
} from './reference.ts'

interface PageFacts {
  /** Below the site's base, with slashes at both ends. */
  path: string
  title: string
  /** One line of bare words. */
  description: string
}

/** A page about the schema, by what it shows. */
export type GraphqlPage = PageFacts &
  (
    | { view: 'home' }
    | { view: 'explorer' }
    | { view: 'root'; root: GraphqlRoot }
    | { view: 'field'; root: GraphqlRoot; field: RootField }
    | { view: 'types' }
    | { view: 'type'; type: GraphqlType }
  )

/**
 * Every page of a schema in reading order; none where there is no schema.
 *
 * @param canSend There is an environment to send queries to: the explorer has a page.
 */
export function graphqlPages(
  reference: GraphqlReference | undefined,
  canSend: boolean,
): GraphqlPage[] {
  if (!reference) return []
  const explorer: GraphqlPage = {
    view: 'explorer',
    path: graphqlExplorer,
    title: 'GraphQL explorer',
    description: 'Write a query with completion from the schema, and send it.',
  }
  return [
    {
      view: 'home',
      path: graphqlHome,
      title: 'GraphQL API',
      description: 'Every query, mutation and type of the GraphQL API, with scopes and examples.',
    },
    ...(canSend ? [explorer] : []),
    ...reference.roots.flatMap((root): GraphqlPage[] => [
      {
        view: 'root',
        root,
        path: root.href,
        title: `GraphQL ${root.title.toLowerCase()}`,
        description: plainText(firstSentence(root.description)) || root.title,
      },
      ...root.fields.map(
        (field): GraphqlPage => ({
          view: 'field',
          root,
          field,
          path: field.href,
          title: `${field.name} (GraphQL ${field.root})`,
          description: plainText(firstSentence(field.description)) || field.name,
        }),
      ),
    ]),
    {
      view: 'types',
      path: graphqlTypes,
      title: 'GraphQL types',
      description: 'Every type of the GraphQL API, by kind.',
    },
    ...reference.types.map(
      (type): GraphqlPage => ({
        view: 'type',
        type,
        path: type.href,
        title: `${type.name} (GraphQL ${type.kind})`,
        description: plainText(firstSentence(type.description)) || type.name,
      }),
    ),
  ]
}
