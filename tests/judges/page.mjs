// Pages of HTML, and the unpacked documents of e-books (`.xhtml`), in headless Chromium: narrow and wide, light, dark, in forced colours, and in those of a
// reader.
//
//   node page.mjs [--shots DIR] PAGE...
//
// Axe judges pages of HTML; Ace does it for e-books. For each page: a line `ok TAB page TAB what was seen`, or lines `fail TAB page TAB what`. Exit status: 0 all are ok, 1 some are not. The modules are
// taken from the folder that DIGLOT_NPM names; the pages are read from the disk, and may ask for nothing else.
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

const modules = join(process.env.DIGLOT_NPM ?? '.', 'node_modules')
const require = createRequire(join(modules, 'x.js'))
const { chromium } = require('playwright-core')
const axe = require.resolve('axe-core/axe.min.js')

const pages = process.argv.slice(2)
const shots = pages[0] === '--shots' ? pages.splice(0, 2)[1] : null
if (!pages.length) { console.error('usage: page.mjs [--shots DIR] PAGE...'); process.exit(2) }
if (shots) await mkdir(shots, { recursive: true })

const windows = [[320, 640, 'light'], [390, 844, 'dark'], [390, 844, 'dark', 'active'], [768, 1024, 'light'], [1280, 900, 'dark'], [1500, 950, 'light']]

// What readers of e-books put under their own colours: a sheet before that of the book, without force.
const sepia = 'html { background: rgb(244, 236, 216); color: rgb(91, 70, 54) }'

// Runs in the page: what is wrong with how it is shown.
const look = () => {
    const faults = []
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth > width) {
        const wide = [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > width + 1 && !element.closest('.table-box, .listing, .formula-body, .long-formula'))
        faults.push(`wider than the window: ${wide.slice(0, 3).map(element => element.outerHTML.slice(0, 80)).join(' | ')}`)
    }
    for (const link of document.querySelectorAll('a[href^="#"]')) {
        if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) faults.push(`${link.hash} leads nowhere`)
    }
    for (const image of document.images) if (!image.complete || !image.naturalWidth) faults.push(`a picture is not shown: ${image.alt}`)
    // Dark ink keeps its paper, and lines through things are drawn, whatever colours are asked for.
    for (const image of document.images) if (getComputedStyle(image).backgroundColor !== 'rgb(255, 255, 255)') faults.push(`a picture has no paper: ${image.alt}`)
    for (const struck of document.querySelectorAll('[class*="-strike"]')) {
        if (!getComputedStyle(struck).backgroundImage.includes('gradient') || matchMedia('(forced-colors: active)').matches && getComputedStyle(struck).forcedColorAdjust !== 'none') faults.push(`a line through something is not drawn: ${struck.textContent}`)
    }
    return faults
}

// Runs in a document of an e-book: what keeps colours of its own where the reader has chosen his.
const own = sheet => {
    const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style')
    style.textContent = sheet
    document.head.prepend(style)
    const { color } = getComputedStyle(document.documentElement)
    const kept = [...document.body.querySelectorAll('*')].filter(element => {
        const said = getComputedStyle(element)
        return said.color !== color || element.localName !== 'img' && said.backgroundColor !== 'rgba(0, 0, 0, 0)'
    })
    return kept.slice(0, 3).map(element => `keeps colours of its own: ${element.outerHTML.slice(0, 120)}`)
}

const browser = await chromium.launch({ executablePath: process.env.DIGLOT_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files'] })
let failed = 0
for (const path of pages) {
    const address = pathToFileURL(path).href
    const isBook = path.endsWith('.xhtml')
    // A book has its style and its pictures beside the text.
    const allowed = ['data:', isBook ? address.slice(0, address.lastIndexOf('/')) : address]
    const faults = []
    for (const [width, height, colours, forced] of windows) {
        const scheme = forced ? 'forced colours' : colours
        const context = await browser.newContext({ viewport: { width, height }, colorScheme: colours, forcedColors: forced ?? 'none' })
        const page = await context.newPage()
        page.on('request', request => { if (!allowed.some(start => request.url().startsWith(start))) faults.push(`asks for ${request.url().slice(0, 80)}`) })
        page.on('console', message => faults.push(`says ${message.text()}`))
        page.on('pageerror', error => faults.push(`throws ${error.message}`))
        await page.goto(address)
        for (const fault of await page.evaluate(look)) faults.push(`${width} ${scheme}: ${fault}`)
        if (isBook) {
            if (!forced) for (const fault of await page.evaluate(own, sepia)) faults.push(`${width} ${scheme}: ${fault}`)
            if (shots) await page.screenshot({ path: join(shots, `${basename(path, '.xhtml')}-${width}-${scheme}.png`), fullPage: true })
            await context.close()
            continue
        }
        await page.addScriptTag({ path: axe })
        const violations = await page.evaluate(async () => (await window.axe.run(document)).violations
            .map(found => `${found.impact} ${found.id}: ${found.nodes[0].html.slice(0, 120)}`))
        for (const violation of violations) faults.push(`${width} ${scheme}: ${violation}`)
        if (width === 1280) {
            // A picture that is followed fills the window, and is left again by its link back.
            const picture = page.locator('.picture > a:first-child').first()
            if (await picture.count()) {
                await picture.click()
                const box = await page.locator('.picture:target img').boundingBox()
                if (!box || box.width < width * 0.9) faults.push(`an enlarged picture is ${box?.width} pixels wide`)
                await page.locator('.picture:target > .close').click()
                if (await page.locator('.picture:target').count()) faults.push('an enlarged picture cannot be left')
            }
            await page.keyboard.press('Home')
        }
        if (shots) await page.screenshot({ path: join(shots, `${basename(path, '.html')}-${width}-${scheme}.png`), fullPage: true })
        await context.close()
    }
    const unique = [...new Set(faults)]
    failed += unique.length ? 1 : 0
    for (const fault of unique.slice(0, 20)) console.log(`fail\t${path}\t${fault}`)
    if (!unique.length) console.log(`ok\t${path}\t${windows.length} windows`)
}
await browser.close()
process.exit(failed ? 1 : 0)
