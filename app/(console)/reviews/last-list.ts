let address = '/reviews'

/** Where this visit last read the list. Kept in memory: a new visit starts with the whole list. */
export const lastList = {
  get: () => address,
  set: (to: string) => {
    address = to
  },
}
