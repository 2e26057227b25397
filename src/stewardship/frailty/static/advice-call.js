// Saves each field of a call as it is left, to the draft on the server. Nothing is kept in the browser but on this page:
// while there is no connection it holds what was typed, says so, and sends it on return. Pages work without it.
const form = document.getElementById('call')
const both = document.getElementById('both')
const kept = document.getElementById('kept')
const warning = document.getElementById('offline')
const between = form.dataset.between
const PAUSE_MS = 1500 // of typing, after which a field that was not left yet is saved too
const AGAIN_MS = 3000 // between tries while there is no connection
const WAIT_MS = 10000 // for an answer

const names = [...new Set([...form.elements].map((one) => one.name))]
  .filter((name) => name && name !== 'csrfmiddlewaretoken' && name !== 'version')
const saved = new Map() // by field: what the server has, as far as this page knows
const seen = new Map() // by field: the version of the draft in which this page last saw it
const held = new Set() // advice that waits for the caller's intended action
let sending = null
let failed = false
let timer = 0
let again = 0

function inputs (name) {
  return [...form.elements].filter((one) => one.name === name)
}

function value (name, first = false) {
  const found = inputs(name)
  if (found[0].type === 'radio' || found[0].type === 'checkbox') {
    return found.filter((one) => first ? one.defaultChecked : one.checked).map((one) => one.value).join(between)
  }
  if (found[0].tagName === 'SELECT' && first) {
    return [...found[0].options].find((one) => one.defaultSelected)?.value ?? ''
  }
  return (first ? found[0].defaultValue : found[0].value).replaceAll('\r\n', '\n')
}

function show (name, words) {
  for (const one of inputs(name)) {
    if (one.type === 'radio' || one.type === 'checkbox') one.checked = words.split(between).includes(one.value)
    else one.value = words
  }
}

function changed () {
  return names.filter((name) => value(name) !== saved.get(name))
}

function say (words, link) {
  warning.replaceChildren(words)
  if (link) {
    const out = Object.assign(document.createElement('a'), { href: link.to, textContent: link.words, target: '_blank', rel: 'noopener' })
    warning.append(' ', out)
  }
  warning.hidden = !words
}

function lost () {
  failed = true
  kept.textContent = 'Not saved'
  say(`You are offline. What you typed since ${clock()} is kept on this page alone and is not saved: leave the page open. It is sent when you are back.`)
  clearTimeout(again)
  again = setTimeout(send, AGAIN_MS)
}

let since = ''
function clock () {
  since = since || new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return since
}

async function post (some) {
  const body = new FormData()
  body.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value)
  body.append('version', Math.min(...some.map((name) => seen.get(name))))
  for (const name of some) {
    body.append('only', name)
    for (const one of value(name).split(inputs(name)[0].type === 'checkbox' ? between : '\0')) body.append(name, one)
  }
  return fetch(form.dataset.save, {
    method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual', cache: 'no-store', keepalive: true, signal: AbortSignal.timeout(WAIT_MS)
  })
}

// Signing in again in another tab changes the word that forms carry: take the new one.
async function renewed () {
  const answer = await fetch(location.pathname, { redirect: 'manual', cache: 'no-store' })
  if (!answer.ok) return false
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  form.elements.csrfmiddlewaretoken.value = page.querySelector('#call [name=csrfmiddlewaretoken]').value
  return true
}

async function sendSome () {
  const some = changed().filter((name) => !held.has(name))
  if (!some.length) return true
  const version = seen.get(some[0])
  const together = some.filter((name) => seen.get(name) === version)
  const sent = new Map(together.map((name) => [name, value(name)]))
  let answer
  try {
    answer = await post(together)
    if (answer.status === 403 && await renewed()) answer = await post(together)
  } catch {
    lost()
    return false
  }
  if (answer.type === 'opaqueredirect' || answer.status === 403) {
    failed = true
    kept.textContent = 'Not saved'
    say('You are signed out, so nothing is saved. What you typed stays on this page.', { to: location.pathname, words: 'Sign in again in a new tab' })
    clearTimeout(again)
    again = setTimeout(send, AGAIN_MS)
    return false
  }
  if (answer.status === 404) {
    failed = true
    say('This call has ended, in another tab. What you typed here since is not saved: copy it from this page.')
    return false
  }
  if (answer.status !== 200 && answer.status !== 409) {
    lost()
    return false
  }
  taken(await answer.json(), sent)
  return changed().some((name) => !held.has(name)) ? sendSome() : true
}

function taken (told, sent) {
  failed = false
  since = ''
  const unasked = new Set(told.unasked)
  for (const [name, words] of sent) {
    if (unasked.has(name)) held.add(name)
    else saved.set(name, words)
  }
  if (sent.has('intended') && !unasked.has('intended')) held.clear()
  for (const name of names) {
    const other = told.elsewhere[name]
    if (other !== undefined && (value(name) !== saved.get(name) || inputs(name).includes(document.activeElement))) continue
    if (other !== undefined) {
      show(name, other)
      saved.set(name, other)
    }
    seen.set(name, told.version)
  }
  form.elements.version.value = Math.min(...seen.values())
  kept.textContent = held.size ? 'Advice is not saved yet' : `Draft kept ${told.at}`
  say(held.size ? told.ask_first || 'Ask first what they would do without this call.' : '')
  document.getElementById('score').textContent = told.score
  for (const place of form.querySelectorAll('.sw-wrong')) {
    const words = told.wrong[place.id.replace('-wrong', '')] ?? ''
    place.textContent = words
    place.hidden = !words
  }
  for (const each of told.waiting) differ(each)
}

// Two pages of one call changed the same field: both stand here until one is chosen, and both are on the server.
function differ (each) {
  if (document.getElementById(`both-${each.id}`)) return
  const part = (tag, words, ...inside) => {
    const made = document.createElement(tag)
    made.textContent = words
    made.append(...inside)
    return made
  }
  const button = (words, take) => Object.assign(part('button', words), { name: 'take', value: take, className: 'nhsuk-button nhsuk-button--secondary nhsuk-button--small' })
  const choose = Object.assign(document.createElement('form'), { method: 'post', action: each.address })
  choose.append(form.elements.csrfmiddlewaretoken.cloneNode(), button('Keep what is saved now', 'now'), ' ', button('Change it to mine', 'mine'))
  const versions = Object.assign(document.createElement('div'), { className: 'sw-versions' })
  versions.append(part('div', '', part('h3', 'Saved now'), part('p', each.now || 'Nothing')), part('div', '', part('h3', 'Yours, not saved'), part('p', each.mine || 'Nothing')))
  const row = Object.assign(document.createElement('div'), { className: 'sw-choose' })
  row.append(choose)
  const shown = Object.assign(document.createElement('div'), { id: `both-${each.id}`, className: 'sw-both' })
  shown.setAttribute('role', 'alert')
  shown.append(part('h2', `${each.label}: not saved, another page of this call changed it first`), versions, row)
  both.append(shown)
}

function send () {
  clearTimeout(timer)
  sending = (sending ?? Promise.resolve(true)).then(sendSome, sendSome)
  return sending
}

for (const name of names) {
  saved.set(name, form.dataset.unsaved.split(' ').includes(name) ? null : value(name, true))
  seen.set(name, Number(form.elements.version.value))
}
for (const name of form.dataset.unsaved.split(' ').filter(Boolean)) held.add(name)

form.addEventListener('change', send)
form.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(send, PAUSE_MS)
})
addEventListener('online', send)
addEventListener('offline', () => { if (changed().length) lost() })
addEventListener('pagehide', () => { if (changed().some((name) => !held.has(name))) send() })
addEventListener('beforeunload', (event) => { if (failed || changed().length) event.preventDefault() })

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const keeps = event.submitter?.formAction === new URL(form.dataset.save, location.href).href
  if (!await send() || keeps) return
  for (const name of held) saved.set(name, value(name))
  form.submit()
})

// In a group of choices, letters lead to the choice that begins with them, and Enter takes it.
let letters = ''
let forget = 0
form.addEventListener('keydown', (event) => {
  const group = event.target.closest('[data-choices]')
  if (!group || event.ctrlKey || event.altKey || event.metaKey) return
  if (event.key === 'Enter') {
    event.preventDefault()
    letters = ''
    if (!event.target.checked || event.target.type === 'checkbox') event.target.click()
    return
  }
  if (!/^[a-z]$/i.test(event.key)) return
  clearTimeout(forget)
  forget = setTimeout(() => { letters = '' }, 1000)
  const begins = (words) => [...group.querySelectorAll('input')].find((one) => one.labels[0].textContent.toLowerCase().startsWith(words))
  const letter = event.key.toLowerCase()
  letters = begins(letters + letter) ? letters + letter : letter
  begins(letters)?.focus()
})

const clockFace = document.getElementById('on-the-line')
function tick () {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clockFace.dataset.since)) / 1000))
  const two = (number) => String(number).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 180) clockFace.textContent = `${two(minutes)}:${two(seconds % 60)} on the line`
}
tick()
setInterval(tick, 1000)
