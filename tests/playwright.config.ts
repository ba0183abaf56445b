import { defineConfig } from 'playwright/test'

const isRoot = process.getuid?.() === 0
const browser = process.env.CALLSIDE_TEST_BROWSER

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  projects: [
    { name: 'rules', testDir: './rules' },
    { name: 'api', testDir: './api' },
    { name: 'console', testDir: './console' },
    { name: 'faults', testDir: './faults' },
  ],
  fullyParallel: false,
  workers: 2,
  // A test that passes only sometimes is a failed test.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  reporter: [['./support/reporter.ts', { summary: process.env.CALLSIDE_TEST_SUMMARY }]],
  use: {
    trace: 'off',
    video: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: [
        // Chromium's sandbox does not run as root, and tests load nothing but our own pages.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
})
