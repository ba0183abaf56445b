import type { Me } from '#lib/http/page-client.ts'

/** Who is signed in, as far as the shell shows it. */
export type Person = Pick<Me, 'id' | 'name' | 'email' | 'roles'>
