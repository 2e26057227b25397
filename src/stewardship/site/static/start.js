// Starts the design system's components. Pages work without it.
import { initAll } from './vendor/nhsuk-frontend.min.js'

initAll()
