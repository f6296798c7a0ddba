// A real reader (foliate-js) in headless Chromium: opens packed books and reads them through.
//
//   node reader.mjs [--shots DIR] BOOK...
//
// For each book: a line `ok TAB book TAB what was seen`, or lines `fail TAB book TAB what`. Exit status: 0 all are ok, 1 some are not, 2 nothing
// could be judged. The modules are taken from the folder that DIGLOT_NPM names; nothing but this process's own server is asked for anything.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { readFile, mkdir } from 'node:fs/promises'
import { basename, extname, join, normalize } from 'node:path'

const modules = join(process.env.DIGLOT_NPM ?? '.', 'node_modules')
const { chromium } = createRequire(join(modules, 'x.js'))('playwright-core')

const books = process.argv.slice(2)
const shots = books[0] === '--shots' ? books.splice(0, 2)[1] : null
if (!books.length) { console.error('usage: reader.mjs [--shots DIR] BOOK...'); process.exit(2) }

const types = { '.js': 'text/javascript', '.epub': 'application/epub+zip', '.css': 'text/css', '.html': 'text/html' }
const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    try {
        if (path === '/') {
            response.setHeader('content-type', 'text/html')
            return response.end('<!doctype html><html lang="en"><title>reader</title><style>html,body{margin:0;height:100%}foliate-view{display:block;height:100%}</style></html>')
        }
        const book = path.match(/^\/book\/(\d+)\.epub$/)
        const file = book ? books[Number(book[1])] : join(modules, 'foliate-js', normalize(path))
        response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream')
        response.end(await readFile(file))
    } catch { response.statusCode = 404; response.end() }
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

// Runs in the page: reads one book through, and says what is wrong with it.
const read = async number => {
    await import('/view.js')
    const { FootnoteHandler } = await import('/footnotes.js')
    const faults = []
    const seen = { sections: 0, links: 0, notes: 0, pages: 0, turns: 0, fonts: 0 }
    const blob = await (await fetch(`/book/${number}.epub`)).blob()
    document.body.replaceChildren()
    const view = document.createElement('foliate-view')
    document.body.append(view)
    await view.open(new File([blob], 'book.epub', { type: 'application/epub+zip' }))
    const { book } = view
    if (!book.metadata.title) faults.push('no title')
    if (!book.toc?.length) faults.push('no contents')
    const documents = await Promise.all(book.sections.map(section => section.createDocument()))
    const find = async (href, from) => {
        const target = await book.resolveHref(href)
        if (!target) return null
        const document = documents[target.index]
        return document && (!href.includes('#') || target.anchor(document)) ? { ...target, element: target.anchor(document) } : null
    }
    const external = href => /^[a-z][a-z0-9+.-]*:/i.test(href)
    const notes = []
    for (const [index, section] of book.sections.entries()) {
        seen.sections++
        for (const a of documents[index].querySelectorAll('a[href]')) {
            const raw = a.getAttribute('href')
            if (external(raw)) continue
            const href = section.resolveHref(raw)
            seen.links++
            if (!await find(href)) faults.push(`the link ${raw} of ${section.id} leads nowhere`)
            if (a.getAttribute('role') === 'doc-noteref') notes.push({ a, href })
        }
    }
    const all = items => (items ?? []).flatMap(item => [item, ...all(item.subitems)])
    for (const item of [...all(book.toc), ...all(book.pageList), ...(book.landmarks ?? [])]) {
        if (!await find(item.href)) faults.push(`the entry ${item.label} (${item.href}) leads nowhere`)
    }
    // Each note as a pop-up: what the reader would show has words.
    const handler = new FootnoteHandler()
    for (const { a, href } of notes) {
        let shown = null
        const render = event => {
            const document = event.detail.view.renderer?.getContents?.()[0]?.doc
            shown = document?.body.textContent.trim() ?? event.detail.target?.textContent.trim()
        }
        handler.addEventListener('render', render)
        let prevented = false
        const popped = handler.handle(book, { detail: { a, href }, preventDefault: () => { prevented = true } })
        document.body.append(...document.querySelectorAll('foliate-view:not(:first-child)'))
        const patience = new Promise(resolve => setTimeout(resolve, 4000))
        await Promise.race([Promise.resolve(popped).catch(error => faults.push(`note ${href}: ${error.message}`)), patience])
        handler.removeEventListener('render', render)
        seen.notes++
        const target = await find(href)
        const words = shown ?? target?.element?.textContent?.trim()
        if (!prevented || !words) faults.push(`the note ${href} shows nothing`)
    }
    // The reader's own idea of the print page, at the first word behind each mark.
    for (const item of book.pageList ?? []) {
        const target = await find(item.href)
        if (!target) continue
        const document = documents[target.index]
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        let text = null
        while (walker.nextNode()) {
            const behind = target.element.compareDocumentPosition(walker.currentNode) & Node.DOCUMENT_POSITION_FOLLOWING
            if (behind && walker.currentNode.data.trim()) { text = walker.currentNode; break }
        }
        const range = document.createRange()
        if (text) range.setStart(text, 0)
        else range.selectNodeContents(target.element)
        range.collapse(true)
        seen.pages++
        const label = view.getProgressOf(target.index, range).pageItem?.label
        if (label !== item.label) faults.push(`at the mark of page ${item.label} the reader says ${label}`)
    }
    // Leafs through, from the first page to the last.
    let last = null
    view.addEventListener('relocate', event => { last = event.detail })
    await view.init({ showTextStart: false })
    let before = -1
    for (; seen.turns < 3000; seen.turns++) {
        await view.next()
        await new Promise(resolve => setTimeout(resolve, 20))
        const here = last ? last.section.current + last.fraction : before
        if (here === before) break
        before = here
    }
    const linear = book.sections.filter(section => section.linear !== 'no').length
    if ((last?.section.current ?? -1) < linear - 1) faults.push(`leafing ended in section ${last?.section.current} of ${linear}`)
    const contents = view.renderer.getContents()[0]?.doc
    seen.fonts = contents ? [...contents.fonts].filter(face => face.status === 'error').length : 0
    if (seen.fonts) faults.push(`${seen.fonts} faces could not be loaded`)
    return { faults, seen }
}

const browser = await chromium.launch({ executablePath: process.env.DIGLOT_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
let failed = false
try {
    for (const [number, path] of books.entries()) {
        const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
        const errors = []
        page.on('pageerror', error => errors.push(error.message))
        try {
            await page.goto(`${origin}/`)
            const { faults, seen } = await page.evaluate(read, number)
            faults.push(...errors)
            for (const fault of faults) console.log(`fail\t${path}\t${fault}`)
            if (!faults.length) console.log(`ok\t${path}\t${Object.entries(seen).map(([name, count]) => `${count} ${name}`).join(', ')}`)
            failed ||= faults.length > 0
            if (shots) {
                await mkdir(shots, { recursive: true })
                await page.screenshot({ path: join(shots, `${basename(path, '.epub')}.png`) })
            }
        } catch (error) {
            failed = true
            console.log(`fail\t${path}\t${error.message.split('\n')[0]}`)
        }
        await page.close()
    }
} finally {
    await browser.close()
    server.close()
}
process.exit(failed ? 1 : 0)
