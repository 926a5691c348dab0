import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, describeVariables, readConfig, VARIABLES } from './config.ts'

describe('the configuration', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('data'),
      database: { kind: 'embedded' },
      smtpUrl: null,
      baseUrl: null,
      trustProxy: false,
      allowAddresses: [],
      logLevel: 'info',
    })
  })

  test('takes a blank variable for a missing one', () => {
    expect(readConfig({ PORT: ' ', DATABASE_URL: '' })).toEqual(readConfig({}))
  })

  test.each([
    ['postgres://u:p@db:5432/baton', { kind: 'postgres', url: 'postgres://u:p@db:5432/baton' }],
    ['postgres://postgres@/t?host=%2Ftmp', { kind: 'postgres', url: 'postgres://postgres@/t?host=%2Ftmp' }],
    ['memory://', { kind: 'memory' }],
  ])('reads DATABASE_URL %s', (text, database) => {
    expect(readConfig({ DATABASE_URL: text }).database).toEqual(database)
  })

  test.each([
    ['3', 3],
    ['10.0.0.1, 10.0.0.2', ['10.0.0.1', '10.0.0.2']],
    ['0', false],
  ])('reads TRUST_PROXY %s', (text, trustProxy) => {
    expect(readConfig({ TRUST_PROXY: text }).trustProxy).toEqual(trustProxy)
  })

  test.each([
    ['', undefined],
    ['coordinator', 'coordinator'],
    ['node1:5432=10.0.0.5:6432, node2:5432=10.0.0.6:6432', { 'node1:5432': '10.0.0.5:6432', 'node2:5432': '10.0.0.6:6432' }],
  ])('reads DATABASE_NODES %s', (text, nodes) => {
    const url = 'postgres://db/baton'
    expect(readConfig({ DATABASE_URL: url, DATABASE_NODES: text }).database).toEqual({ kind: 'postgres', url, nodes })
  })

  test.each(['node1', 'node1:5432=elsewhere', 'coordinator,node1:5432=a:1'])('refuses DATABASE_NODES %s', (text) => {
    expect(() => readConfig({ DATABASE_NODES: text })).toThrow('DATABASE_NODES is not "coordinator", nor pairs of addresses.')
  })

  test('keeps only the origin of BASE_URL', () => {
    expect(readConfig({ BASE_URL: 'https://baton.example.com/' }).baseUrl).toBe('https://baton.example.com')
  })

  test('says of every wrong variable what to write instead', () => {
    const wrong = {
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      SMTP_URL: 'mail.example.com',
      BASE_URL: 'https://x.org/baton',
      ALLOW_ADDRESSES: '10.0.0.0/8, intranet',
      LOG_LEVEL: 'loud',
    }
    const read = () => readConfig(wrong)
    expect(read).toThrow(ConfigError)
    for (const name of Object.keys(wrong)) expect(read).toThrow(new RegExp(`^${name} is not .*\\. Write `, 'm'))
  })

  test('is described variable by variable', () => {
    for (const name of Object.keys(VARIABLES)) expect(describeVariables()).toContain(`  ${name} `)
    expect(describeVariables()).toContain('production wants PostgreSQL')
  })
})
