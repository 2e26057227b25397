// Warns five minutes before a session ends, for want of a page or after 12 hours, and lets whoever is typing stay. Pages
// work without it: they say until when one is signed in, with a link that keeps one so.
const warning = document.getElementById('stay')
const WARN_SECONDS = 300

function wait () {
  warning.hidden = true
  setTimeout(() => { warning.hidden = false }, Math.max(0, Number(warning.dataset.seconds) - WARN_SECONDS) * 1000)
}

async function stay () {
  const answer = await fetch(warning.dataset.address, { redirect: 'error', cache: 'no-store' })
  if (!answer.ok) throw new Error(`The page that keeps one signed in answered ${answer.status}.`)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.getElementById('stay')
  document.getElementById('stay-until').textContent = page.getElementById('stay-until').textContent
  warning.dataset.seconds = fresh.dataset.seconds
  warning.replaceChildren(...fresh.children)
}

warning.addEventListener('click', async (event) => {
  if (!event.target.closest('button')) return
  try {
    await stay()
    wait()
  } catch {
    warning.querySelector('.sw-stay__failed').hidden = false
  }
})

wait()
