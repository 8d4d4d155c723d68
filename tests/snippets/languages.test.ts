import { describe, expect, test } from 'vitest'
import type { SnippetCredential } from '../../src/model/operation.ts'
import type { ApiRequest, BodyPart } from '../../src/request/api-request.ts'
import { languages } from '../../src/snippets/languages.ts'
import { SnippetError } from '../../src/snippets/snippet-error.ts'
import { textOf } from '../../src/snippets/token.ts'

const apiKey: SnippetCredential = {
  kind: 'apiKey',
  header: 'x-api-key',
  prefix: '',
  variable: 'THINGS_API_KEY',
}
const bearer: SnippetCredential = {
  kind: 'bearer',
  header: 'Authorization',
  prefix: 'Bearer ',
  variable: 'THINGS_TOKEN',
}
const url = 'https://api.example.test/v1/things'

function print(id: string, request: Partial<ApiRequest>, credential?: SnippetCredential): string {
  const language = languages.find((one) => one.id === id)
  if (!language) throw new Error(`There is no language ${id}.`)
  return textOf(language.print({ method: 'GET', url, headers: [], ...request }, credential))
}

const json = (text: string): Partial<ApiRequest> => ({
  method: 'POST',
  headers: [['Content-Type', 'application/json']],
  body: { kind: 'text', text },
})

test('cURL comes first', () => {
  expect(languages.map(({ label }) => label)).toEqual([
    'cURL',
    'JavaScript',
    'Python',
    'Go',
    'PHP',
    'PowerShell',
  ])
})

describe('cURL', () => {
  const curl = (request: Partial<ApiRequest>, credential?: SnippetCredential) =>
    print('curl', request, credential)

  test('a plain address needs no quotes, and GET is not said', () => {
    expect(curl({}, apiKey)).toBe(`curl ${url} \\\n  -H "x-api-key: $THINGS_API_KEY"`)
  })

  test('a body is printed as it is sent', () => {
    expect(curl(json('{\n  "name": "Rock \'n\' roll"\n}'), bearer)).toBe(`curl ${url} \\
  -H "Authorization: Bearer $THINGS_TOKEN" \\
  -H 'Content-Type: application/json' \\
  --data-raw '{
  "name": "Rock '\\''n'\\'' roll"
}'`)
  })

  test('an address with characters of the shell is quoted, brackets are no pattern', () => {
    expect(curl({ url: `${url}?a=1&b[]={c}` })).toBe(`curl --globoff '${url}?a=1&b[]={c}'`)
  })

  test('the method is said where curl would choose another one', () => {
    expect(curl({ method: 'DELETE' })).toBe(`curl --request DELETE ${url}`)
    expect(curl({ method: 'POST' })).toBe(`curl --request POST ${url}`)
    expect(curl({ method: 'HEAD' })).toBe(`curl --head ${url}`)
    expect(curl({ ...json('{}'), method: 'GET' })).toContain(`curl --request GET ${url} \\`)
  })

  test('an empty header is sent empty', () => {
    expect(curl({ headers: [['X-Empty', '']] })).toBe(`curl ${url} \\\n  -H 'X-Empty;'`)
  })

  test('a body without a type gets none from curl', () => {
    expect(curl({ method: 'POST', body: { kind: 'text', text: 'a' } })).toBe(
      `curl ${url} \\\n  -H 'Content-Type:' \\\n  --data-raw 'a'`,
    )
  })

  test('dots in a path stay', () => {
    expect(curl({ url: 'https://a.test/b/../c' })).toBe('curl --path-as-is https://a.test/b/../c')
  })

  test('form fields that begin with @ read no file', () => {
    const parts = [
      { name: 'plain', value: '@/etc/passwd' },
      { name: 'typed', value: '@"a";b', contentType: 'text/plain' },
      { name: 'file', value: '<x', fileName: 'a.txt', contentType: 'text/plain' },
    ]
    expect(curl({ method: 'POST', body: { kind: 'multipart', parts } })).toBe(`curl ${url} \\
  --form-string 'plain=@/etc/passwd' \\
  --form 'typed="@\\"a\\";b";type=text/plain' \\
  --form 'file="<x";type=text/plain;headers="Content-Disposition: form-data; name=\\"file\\"; filename=\\"a.txt\\""'`)
  })

  test('control characters survive being pasted', () => {
    expect(curl(json("a\r\n\u001b[31m'"))).toContain("--data-raw $'a\\r\n\\x1b[31m\\''")
  })

  test('NUL is refused', () => {
    expect(() => curl(json('a\0b'))).toThrow(SnippetError)
  })
})

test('JavaScript', () => {
  expect(print('javascript', {}, apiKey)).toBe(`const response = await fetch('${url}', {
  headers: {
    'x-api-key': process.env.THINGS_API_KEY,
  },
})
console.log(response.status, await response.text())
`)
  expect(print('javascript', json('{\n  "a": "`$\u007bb}\\\\"\n}'), bearer)).toBe(
    `const response = await fetch('${url}', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${process.env.THINGS_TOKEN}\`,
    'Content-Type': 'application/json',
  },
  body: \`{
  "a": "\\\`\\\${b}\\\\\\\\"
}\`,
})
console.log(response.status, await response.text())
`,
  )
})

test('JavaScript sends a body with GET, which fetch refuses', () => {
  expect(
    print('javascript', { ...json('{}'), method: 'GET' }),
  ).toBe(`import { request } from 'node:https'

// fetch refuses GET with a body.
const body = '{}'
const call = request('${url}', {
  method: 'GET',
  headers: {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  },
})
call.on('response', async (response) => {
  const answer = Buffer.concat(await response.toArray()).toString()
  console.log(response.statusCode, answer)
})
call.end(body)
`)
})

test('Python', () => {
  expect(print('python', json('{\n  "a": "é\'"\n}'), bearer)).toBe(`import os

import requests

response = requests.post(
    '${url}',
    headers={
        'Authorization': f"Bearer {os.environ['THINGS_TOKEN']}",
        'Content-Type': 'application/json',
    },
    data='''{
  "a": "é\\'"
}'''.encode(),
)
print(response.status_code, response.text)
`)
})

test('Go', () => {
  expect(print('go', json('{\n  "a": 1\n}'), bearer)).toBe(`package main

import (
\t"fmt"
\t"io"
\t"net/http"
\t"os"
\t"strings"
)

func main() {
\tbody := strings.NewReader(\`{
  "a": 1
}\`)
\trequest, err := http.NewRequest("POST", "${url}", body)
\tif err != nil {
\t\tpanic(err)
\t}
\trequest.Header.Set("Authorization", "Bearer "+os.Getenv("THINGS_TOKEN"))
\trequest.Header.Set("Content-Type", "application/json")

\tresponse, err := http.DefaultClient.Do(request)
\tif err != nil {
\t\tpanic(err)
\t}
\tdefer response.Body.Close()
\tanswer, err := io.ReadAll(response.Body)
\tif err != nil {
\t\tpanic(err)
\t}
\tfmt.Println(response.Status, string(answer))
}
`)
})

test('PHP', () => {
  expect(print('php', json('{"a": "$b \'c\' \\\\"}'), apiKey)).toBe(`<?php

$curl = curl_init('${url}');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        'x-api-key: ' . getenv('THINGS_API_KEY'),
        'Content-Type: application/json',
    ],
    CURLOPT_POSTFIELDS => '{"a": "$b \\'c\\' \\\\\\\\"}',
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), "\\n", $answer;
`)
})

test('PowerShell', () => {
  expect(print('powershell', json('{"a": "$b \'c\' ’"}'), bearer)).toBe(`$request = @{
    Method = 'POST'
    Uri = '${url}'
    Headers = @{
        'Authorization' = "Bearer $env:THINGS_TOKEN"
    }
    ContentType = 'application/json'
    Body = [Text.Encoding]::UTF8.GetBytes('{"a": "$b ''c'' ’’"}')
}
Invoke-RestMethod @request
`)
})

describe.each(languages)('$label', ({ print: printed }) => {
  test('prints a credential as a variable, and nothing without one', () => {
    const request: ApiRequest = { method: 'GET', url, headers: [] }
    expect(textOf(printed(request, apiKey))).toContain('THINGS_API_KEY')
    expect(textOf(printed(request, bearer))).toContain('THINGS_TOKEN')
    expect(textOf(printed(request))).not.toMatch(/THINGS_|x-api-key|Authorization/)
  })

  test('marks the credential, and all that differs lies in the marks', () => {
    const request: ApiRequest = { method: 'GET', url, headers: [['X-A', 'b']] }
    const [withKey, withToken] = [apiKey, bearer].map((one) =>
      printed(request, one)
        .map((token) => (token.credential ? '' : token.text))
        .join(''),
    )
    expect(withKey).toBe(withToken)
  })

  test('marks the address once', () => {
    const marked = printed({ method: 'GET', url, headers: [] }).filter((token) => token.url)
    expect(marked.map(({ text }) => text.includes(url))).toEqual([true])
  })

  test.each([
    { ...apiKey, header: 'x$(id)' },
    { ...apiKey, header: 'x`id`' },
    { ...apiKey, prefix: '"; id; "' },
    { ...apiKey, variable: 'A}; id; {' },
  ])('refuses a credential that would be code: %j', (credential) => {
    expect(() => printed({ method: 'GET', url, headers: [] }, credential)).toThrow(SnippetError)
  })
})

test('JavaScript spells out a form that FormData would send differently', () => {
  const sent = (part: BodyPart) =>
    print('javascript', { method: 'POST', body: { kind: 'multipart', parts: [part] } })
  const file = { name: 'a', value: 'b', fileName: 'c', contentType: 'text/plain' }
  expect(sent(file)).toContain("form.append('a', new Blob(['b'], { type: 'text/plain' }), 'c')")
  expect(sent({ ...file, fileName: '' })).toContain('filename=""')
  expect(sent({ name: 'a', value: 'b', contentType: 'text/plain' })).not.toContain('FormData')
  expect(sent({ name: 'a', value: 'b\nc' })).not.toContain('FormData')
})
