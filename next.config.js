/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // Types are checked by `tsc` inside `npm test`; the build must also work where only the lockfile is trusted.
  typescript: { ignoreBuildErrors: true },
  productionBrowserSourceMaps: false,
}

export default config
