/** Roles are data. A person may hold several; what they may do is the union. */
export const ROLES = ['agent', 'supervisor', 'author', 'clinician', 'dpo', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** `public` needs no session; `signed-in` needs one and no role. An unknown permission is held by nobody. */
export const PERMISSIONS = {
  public: [],
  'signed-in': ROLES,
  'guidance:read': ROLES,
  'helpline:read': ROLES,
  'calls:handle': ['agent', 'supervisor'],
  'calls:read': ['agent', 'supervisor'],
  'calls:review': ['supervisor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** True when one of the roles holds the permission. `public` is not asked here. */
export function hasPermission(roles: readonly Role[], permission: Permission): boolean {
  const holders: readonly Role[] = PERMISSIONS[permission]
  return roles.some((role) => holders.includes(role))
}
