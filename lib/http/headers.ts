import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Headers by which a request could pretend to carry a policy or a nonce of ours, or to come from inside Next. */
const FORGED = ['content-security-policy', 'content-security-policy-report-only', 'x-nonce', 'x-middleware-subrequest', 'next-action', 'x-forwarded-host']

/**
 * Sets the security headers of every answer. A page's scripts run by a nonce that is new for each response; Next finds it in
 * the policy that is put on its request. `style-src-attr` is open because hidden inputs of the components carry style attributes,
 * and an attribute cannot run script.
 */
export function secureHeaders(request: IncomingMessage, response: ServerResponse, isHttps: boolean) {
  for (const name of FORGED) delete request.headers[name]
  const nonce = randomBytes(18).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  request.headers['content-security-policy'] = policy
  request.headers['x-nonce'] = nonce
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  response.setHeader('x-frame-options', 'DENY')
  if (isHttps) response.setHeader('strict-transport-security', 'max-age=63072000; includeSubDomains')
}
