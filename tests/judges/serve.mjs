// The page of `diglot serve` in headless Chromium.
//
//   node serve.mjs ADDRESS FOLDER
//
// ADDRESS is of a running server, FOLDER the masters that it serves. Lines as in reader.mjs: `ok TAB what TAB what was seen`, or `fail TAB what TAB why`. Exit status: 0
// all is well, 1 something is not, 2 nothing could be judged.
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const modules = join(process.env.DIGLOT_NPM ?? '.', 'node_modules')
const { chromium } = createRequire(join(modules, 'x.js'))('playwright-core')
const [address, folder] = process.argv.slice(2)
if (!folder) { console.error('usage: serve.mjs ADDRESS FOLDER'); process.exit(2) }

const LIMIT = 20_000
let failed = false
const say = (fine, what, text) => { failed ||= !fine; console.log(`${fine ? 'ok' : 'fail'}\t${what}\t${text}`) }
const browser = await chromium.launch({ executablePath: process.env.DIGLOT_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })

// Words that a master has once, and not in a tag: only one line can be theirs.
const once = text => {
    const counts = new Map()
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}]{6,}/gu)) counts.set(word, (counts.get(word) ?? 0) + 1)
    const bare = text.replace(/<[^>]*>/g, tag => ' '.repeat(tag.length))
    const words = [...bare.matchAll(/(?<![\p{L}\p{N}\p{M}&;-])[\p{L}]{6,}(?![\p{L}\p{N}\p{M};-])/gu)].filter(([word]) => counts.get(word.toLowerCase()) === 1)
    return words.map(({ 0: word, index }) => ({ word, line: text.slice(0, index).split('\n').length }))
}
const some = (list, many) => list.filter((_, at) => at % Math.max(Math.floor(list.length / many), 1) === 0).slice(0, many)
const shownLine = async page => Number((await page.locator('#open').textContent()).match(/:(\d+):\d+$/)?.[1])

// Clicks on words of the pages (where the search finds them) and of the e-book (where the browser itself has them).
async function clicks(page, article) {
    const text = readFileSync(join(folder, '..', article.name), 'utf8')
    const words = some(once(text), 100)
    let tried = 0, right = 0
    for (const { word, line } of words) {
        if (tried >= 20) break
        const found = await page.evaluate(async ([id, word]) => (await fetch(`/article/${id}/find?q=${encodeURIComponent(word)}`)).json(), [article.id, word])
        if (found.pages.length !== 1) continue
        const { page: no, boxes: [[left, top, width, height]] } = found.pages[0]
        const figure = page.locator('.page').nth(no - 1)
        await figure.scrollIntoViewIfNeeded()
        const size = await figure.evaluate(figure => figure.size)
        const box = await figure.boundingBox()
        await page.evaluate(() => { document.getElementById('place').hidden = true })
        const target = { x: (left + width / 2) / size.width * box.width, y: (top + height / 2) / size.height * box.height }
        await figure.click({ position: target })
        await page.waitForFunction(() => !document.getElementById('place').hidden, null, { timeout: LIMIT })
        tried++
        const at = await shownLine(page)
        if (at === line) right++
        else say(false, article.name, `a click on “${word}” of page ${no} shows line ${at}, not ${line}`)
    }
    let read = 0
    for (const { word, line } of words) {
        if (read >= 20) break
        const box = await page.evaluate(word => {
            const frame = document.querySelector('#device iframe'), text = frame.contentDocument
            const walker = text.createTreeWalker(text.body, NodeFilter.SHOW_TEXT)
            while (walker.nextNode()) {
                const at = walker.currentNode.data.search(new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u'))
                if (at < 0) continue
                const range = text.createRange()
                range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + word.length)
                const first = range.getClientRects()[0]
                frame.contentWindow.scrollTo(0, frame.contentWindow.scrollY + first.top - 200)
                const { left, top, width, height } = range.getClientRects()[0]
                const outer = frame.getBoundingClientRect(), k = outer.width / frame.clientWidth
                if (walker.currentNode.parentNode.closest('a')) return null
                return { x: outer.left + (left + width / 2) * k, y: outer.top + (top + height / 2) * k }
            }
            return null
        }, word)
        if (!box) continue
        await page.evaluate(() => { document.getElementById('place').hidden = true })
        await page.mouse.click(box.x, box.y)
        await page.waitForFunction(() => !document.getElementById('place').hidden, null, { timeout: LIMIT })
        read++
        const at = await shownLine(page)
        if (at === line) right++
        else say(false, article.name, `a click on “${word}” of the e-book shows line ${at}, not ${line}`)
    }
    say(tried > 5 && read > 5 && right === tried + read, article.name, `${tried} clicks on pages and ${read} on the e-book show the right line`)
}

const prints = page => page.evaluate(() => [...document.querySelectorAll('.page')].map(figure => figure.dataset.print))
// When the pages are drawn otherwise than now, by the clock of the browser.
const changing = page => page.evaluate(() => {
    window.changed = new Promise(resolve => {
        const watch = new MutationObserver(() => { watch.disconnect(); resolve(performance.timeOrigin + performance.now()) })
        watch.observe(document.getElementById('sheet'), { subtree: true, attributes: true, attributeFilter: ['data-print'] })
    })
    return 0
})

try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const other = await (await browser.newContext()).newPage()
    const errors = []
    for (const one of [page, other]) {
        one.on('pageerror', error => errors.push(error.message))
        one.on('console', message => { if (message.type() === 'error') errors.push(message.text()) })
        one.on('request', request => { if (!request.url().startsWith(address)) errors.push(`asks for ${request.url()}`) })
    }
    await page.goto(address)
    const { articles } = await page.evaluate(async () => (await fetch('/articles')).json())
    for (const article of articles) {
        await page.goto(`${address}?article=${article.id}`)
        await page.waitForSelector('.page[data-print]', { timeout: LIMIT })
        await page.waitForFunction(() => document.querySelector('#device iframe')?.contentDocument?.body?.textContent.length > 1000, null, { timeout: LIMIT })
        await page.waitForTimeout(200)
        await clicks(page, article)
    }

    // A word changes: the page changes in both browsers, where it is, and no other page is asked for.
    const article = articles[0]
    const master = join(folder, '..', article.name)
    await page.goto(`${address}?article=${article.id}`)
    await other.goto(`${address}?article=${article.id}`)
    for (const one of [page, other]) await one.waitForSelector('.page[data-print]', { timeout: LIMIT })
    await page.waitForTimeout(500)
    const text = readFileSync(master, 'utf8')
    const word = once(text).find(({ word }) => word.length > 8).word
    await page.evaluate(() => { document.getElementById('pages').scrollTop = 300 })
    await page.waitForTimeout(300)
    const asked = []
    page.on('request', request => { if (request.url().includes('/page/')) asked.push(request.url()) })
    const times = []
    for (let turn = 0; turn < 6; turn++) {
        const before = await prints(page)
        for (const one of [page, other]) await changing(one)
        const start = Date.now()
        writeFileSync(master, turn % 2 ? text : text.replace(word, `${word.slice(0, -1)}q`))
        const changed = await Promise.race([page.evaluate(() => window.changed), new Promise(resolve => setTimeout(() => resolve(Infinity), LIMIT))])
        await other.evaluate(() => window.changed)
        times.push(Math.round(changed - start))
        const after = await prints(page)
        const many = after.filter((print, at) => print !== before[at]).length
        if (many < 1) say(false, 'live', 'no page has changed')
        await page.waitForTimeout(250)
    }
    const top = await page.evaluate(() => document.getElementById('pages').scrollTop)
    times.sort((a, b) => a - b)
    say(times[5] < 3000, 'live', `a word changes, and the page after ${times.join(', ')} ms; half of them within ${times[2]} ms`)
    say(Math.abs(top - 300) < 3, 'live', `the view stays where it was: ${top}`)
    say(asked.length <= 12, 'live', `${asked.length} drawings were asked for at six changes`)

    // The master breaks and mends.
    writeFileSync(master, text.slice(0, text.length / 2))
    await page.waitForSelector('#status.bad', { timeout: LIMIT })
    const broken = await page.evaluate(() => ({ pages: document.querySelectorAll('.page').length, messages: document.querySelectorAll('#list li.error').length, title: document.getElementById('title').textContent }))
    say(broken.pages > 1 && broken.messages > 0 && broken.title.length > 3, 'broken', `${broken.pages} pages stay, ${broken.messages} errors are shown`)
    await page.locator('.page').first().click({ position: { x: 150, y: 200 } })
    writeFileSync(master, text)
    await page.waitForFunction(() => !document.getElementById('status').classList.contains('bad') && !document.querySelector('#list li.error'), null, { timeout: LIMIT })
    say(true, 'mended', 'the errors are gone')

    // A message leads to its place.
    const wrong = text.replace('</body>', '<p>See <xref ref-type="fig" rid="nosuchfigure">Figure 77</xref>, which is <nosuch>quitenew</nosuch>.</p></body>')
    writeFileSync(master, wrong)
    await page.waitForSelector('#list li.error', { timeout: LIMIT })
    await page.waitForTimeout(400)
    await page.evaluate(() => { document.getElementById('pages').scrollTop = 0 })
    await page.locator('#list li.error').first().click()
    await page.waitForFunction(() => document.getElementById('line').textContent.includes('Figure 77') && document.querySelector('.mark'), null, { timeout: LIMIT })
    const mark = await page.evaluate(() => {
        const mark = document.querySelector('.mark').getBoundingClientRect(), view = document.getElementById('pages').getBoundingClientRect()
        return { seen: mark.top >= view.top && mark.bottom <= view.bottom && mark.width > 0, line: document.getElementById('line').textContent, items: document.querySelectorAll('#list pre').length }
    })
    say(mark.seen && mark.line.includes('Figure 77') && mark.items > 0, 'message', `its place is marked and seen: ${mark.line.slice(0, 60)}`)
    writeFileSync(master, text)
    await page.waitForFunction(() => !document.querySelector('#list li.error'), null, { timeout: LIMIT })

    // Search, zoom, facing pages, dark, devices, keys; the scripts of a book never run, and it leads nowhere.
    await page.keyboard.press('/')
    await page.keyboard.type(word)
    await page.waitForFunction(() => /^1 \/ /.test(document.getElementById('hits').textContent), null, { timeout: LIMIT })
    const hits = await page.evaluate(() => ({ marks: document.querySelectorAll('.mark.find').length, book: document.querySelector('#device iframe').contentWindow.CSS.highlights.get('find').size }))
    say(hits.marks > 0 && hits.book > 0, 'search', `${hits.marks} places on pages, ${hits.book} in the e-book`)
    await page.keyboard.press('Escape')
    const width = () => page.evaluate(() => document.querySelector('.page').offsetWidth)
    const fit = await width()
    await page.evaluate(() => document.activeElement.blur())
    await page.keyboard.press('+')
    const larger = await width()
    await page.keyboard.press('0')
    say(larger > fit && await width() === fit, 'zoom', `${fit}, ${larger} pixels`)
    await page.keyboard.press('f')
    const beside = await page.evaluate(() => { const [, b, c] = document.querySelectorAll('.page'); return b.offsetTop === c.offsetTop && b.offsetLeft < c.offsetLeft })
    say(beside, 'facing', 'the second page and the third stand side by side')
    await page.keyboard.press('f')
    const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('#device iframe').contentDocument.body).color)
    const light = await colour()
    await page.keyboard.press('b')
    const inTheDark = await colour()
    await page.keyboard.press('b')
    say(light !== inTheDark && await colour() === light, 'dark', `the e-book is ${light}, and ${inTheDark} in the dark`)
    await page.keyboard.press('d')
    const theme = await page.evaluate(() => document.documentElement.dataset.theme)
    await page.keyboard.press('d')
    say(theme === 'dark', 'dark', `the page is ${theme}`)
    for (const [device, wanted] of [['Tablet', 820], ['Desktop', 1280], ['Phone', 390]]) {
        await page.getByRole('button', { name: device }).click()
        const is = await page.evaluate(() => document.querySelector('#device iframe').clientWidth)
        say(is === wanted, 'device', `${device}: ${is} pixels`)
    }
    await page.setViewportSize({ width: 420, height: 800 })
    await page.waitForTimeout(200)
    const narrow = await page.evaluate(() => document.documentElement.scrollWidth)
    say(narrow <= 420, 'narrow', `at 420 pixels the page has ${narrow}`)
    say(errors.length === 0, 'quiet', errors.slice(0, 5).join('; ') || 'no error, and nothing asked for elsewhere')
} catch (error) {
    say(false, 'run', error.message.split('\n').slice(0, 3).join(' '))
} finally {
    await browser.close()
}
process.exit(failed ? 1 : 0)
