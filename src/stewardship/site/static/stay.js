// Warns five minutes before a session ends for want of a page, and lets whoever is typing stay. Pages work without it:
// they say until when one is signed in, with a link that keeps one so.
const warning = document.getElementById('stay')
const WARN_SECONDS = 300

function wait (seconds) {
  warning.hidden = true
  setTimeout(() => { warning.hidden = false }, Math.max(0, seconds - WARN_SECONDS) * 1000)
}

warning.querySelector('button').addEventListener('click', async () => {
  const answer = await fetch(warning.dataset.address, { redirect: 'error', cache: 'no-store' })
  if (answer.ok) wait(Number(warning.dataset.seconds))
})

wait(Number(warning.dataset.seconds))
