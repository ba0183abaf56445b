/** Whether the server will get its port. Plain JavaScript: asked before anything is installed, so that nobody waits to hear it. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Fault } from './terminal.mjs'

/**
 * What to tell somebody whose port cannot be had.
 * @param {number} port
 * @param {string} host
 * @param {unknown} error
 * @returns {unknown} a `Fault` with the mend, or the error as it was
 */
export function portFault(port, host, error) {
  const code = /** @type {NodeJS.ErrnoException} */ (error).code
  if (code === 'EADDRINUSE') {
    return new Fault(
      `Port ${port} is in use. If that is Callside, it runs already: open http://localhost:${port}. Otherwise end what uses the port, or choose another: PORT=${port + 1} npm start`,
    )
  }
  if (code === 'EACCES') return new Fault(`Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Fault(`HOST is "${host}", which is no address of this machine. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all its addresses.`)
  }
  return error
}

/**
 * @param {number} port
 * @param {string} host
 */
export async function checkPort(port, host) {
  const probe = createServer()
  probe.listen({ port, host, exclusive: true })
  try {
    await once(probe, 'listening')
  } catch (error) {
    throw portFault(port, host, error)
  }
  probe.close()
  await once(probe, 'close')
}
