// The page of `diglot serve`.
//
// 1. The server tells by events that something is new; `refresh` asks for the state of the article that is shown, and changes what differs.
// 2. A page is a drawing whose address changes only with the page: what stays the same is neither asked for nor touched. Visible pages come first.
// 3. A click asks what stands at its place; places are marked on the pages by boxes, in the e-book by ranges of its text, whose document stays as it is.

const $ = id => document.getElementById(id)
const meta = name => document.querySelector(`meta[name="${name}"]`).content
const DEVICES = { phone: 390, tablet: 820, desktop: 1280 }
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6]
const PIXELS = 96 / 72
const narrow = matchMedia('(max-width: 860px)')
const dark = matchMedia('(prefers-color-scheme: dark)')

const kept = (() => { try { return JSON.parse(localStorage.getItem('diglot') ?? '{}') } catch { return {} } })()
const settings = { pages: true, book: true, messages: true, zoom: 0, facing: false, theme: 'auto', device: 'phone', night: false, ...kept }
const save = () => { try { localStorage.setItem('diglot', JSON.stringify(settings)) } catch { /* a browser that keeps nothing */ } }

let article = Number(new URLSearchParams(location.search).get('article')) || null
// The article that somebody chose, to which the page goes back when it has been away.
let chosen = article
let state = null
let marks = []
let found = { pages: [], book: [], at: -1, wanted: '' }

const ask = async path => {
    const response = await fetch(path)
    if (!response.ok) throw new Error(response.status)
    return response.json()
}
const element = (name, attributes = {}, ...children) => {
    const node = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) if (value != null) node.setAttribute(key, value)
    node.append(...children)
    return node
}

// The state.

let asking = false, again = false
async function refresh() {
    if (asking) { again = true; return }
    asking = true
    try {
        do {
            again = false
            if (article == null) await list()
            if (article == null) return
            const next = await ask(`/article/${article}/state`)
            if (next.id === article) show(next)
        } while (again)
    } catch (error) {
        if (error.message === '404') { article = null; state = null; await list().catch(() => {}) }
    } finally { asking = false }
    if (again) refresh()
}

async function list() {
    const { articles, job } = await ask('/articles')
    const select = $('article')
    select.hidden = articles.length < 2
    select.replaceChildren(...articles.map(({ id, name, errors }) => element('option', { value: id }, errors ? `${name}  ⚠` : name)))
    const is = id => articles.some(other => other.id === id)
    if (is(chosen)) article = chosen
    if (!is(article)) article = articles[0]?.id ?? null
    if (chosen == null) chosen = article
    if (article != null) select.value = article
    faults = job
    if (!articles.length) {
        $('title').textContent = 'There is no master'
        status(job.length ? 'see the messages' : '', job.length > 0)
        messages([])
    } else if (state) messages(state.found)
}
let faults = []

function show(next) {
    const other = state?.id !== next.id
    const before = state
    state = next
    if (other) { clear(); found = { pages: [], book: [], at: -1, wanted: '' } }
    $('title').textContent = next.title || next.name
    $('title').title = next.name
    document.title = `${next.title || next.name} · diglot`
    const [pages, , all] = next.took
    if (next.busy) status(next.run ? 'setting …' : 'being set for the first time …')
    else if (next.failed) status(next.pages.length ? 'broken: the last good pages are shown' : 'it cannot be set: see the messages', true)
    else status(`${next.pages.length} pages · ${pages} ms`)
    $('status').title = next.busy || next.failed ? '' : `The pages after ${pages} ms, the outputs after ${all} ms`
    $('sheet').classList.toggle('old', next.failed)
    drawPages(next.pages)
    if (!before || other || JSON.stringify(before.found) !== JSON.stringify(next.found)) messages(next.found)
    $('outputs').replaceChildren(...next.outputs.map(({ name }) =>
        element('a', { href: `/article/${next.id}/file/${encodeURIComponent(name)}`, target: '_blank', download: name.endsWith('.epub') ? name : null, title: name }, name.split('.').pop().toUpperCase())))
    drawBook(other)
    if (found.wanted && !other && before?.version !== next.version) search(found.wanted, false)
}

function status(text, bad = false) {
    $('status').textContent = text
    $('status').classList.toggle('bad', bad)
}

// Pages.

const near = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
        target.near = isIntersecting
        if (isIntersecting) load(target)
    }
}, { root: $('pages'), rootMargin: '100% 0px' })

function drawPages(pages) {
    const sheet = $('sheet')
    while (sheet.children.length > pages.length) { near.unobserve(sheet.lastChild); sheet.lastChild.remove() }
    pages.forEach((page, at) => {
        let figure = sheet.children[at]
        if (!figure) {
            figure = element('figure', { class: 'page' }, element('img', { alt: '', draggable: 'false' }))
            sheet.append(figure)
            figure.at = at
        }
        figure.title = `Page ${page.folio}`
        figure.querySelector('img').alt = `Page ${page.folio}`
        figure.size = page
        figure.wanted = page.print
    })
    layout()
    // What is seen first is asked for first.
    const middle = $('pages').scrollTop + $('pages').clientHeight / 2
    const far = figure => Math.abs(figure.offsetTop + figure.offsetHeight / 2 - middle)
    const figures = [...sheet.children]
    figures.filter(figure => figure.near && figure.wanted !== figure.print).sort((a, b) => far(a) - far(b)).forEach(load)
    figures.forEach(figure => { if (figure.near === undefined) { figure.near = false; near.observe(figure) } })
}

// The drawing that a page should have; the old one stays until the new one can be shown.
async function load(figure) {
    const { wanted } = figure
    if (!wanted || figure.print === wanted || figure.loading === wanted) return
    figure.loading = wanted
    const image = element('img', { alt: figure.querySelector('img').alt, draggable: 'false' })
    image.src = `/article/${article}/page/${wanted}.svg`
    try { await image.decode() } catch {
        figure.loading = null
        // It was replaced while it was asked for: the next state has the new one.
        if (figure.wanted === wanted) setTimeout(refresh, 200)
        return
    }
    if (figure.wanted !== wanted) return
    figure.print = wanted
    figure.loading = null
    figure.querySelector('img').replaceWith(image)
    figure.dataset.print = wanted
}

// How many pixels a point has.
function scale() {
    if (settings.zoom) return settings.zoom * PIXELS
    const widest = Math.max(...(state?.pages ?? []).map(page => page.width), 1)
    const many = settings.facing ? 2 : 1
    const room = $('pages').clientWidth - (narrow.matches ? 16 : 32) - (many - 1) * 2
    return Math.min(Math.max(room / (widest * many), 0.3), 2.2)
}

function layout() {
    const sheet = $('sheet')
    const anchor = here()
    sheet.classList.toggle('facing', settings.facing)
    const k = scale()
    // A book opens with a right-hand page, which has an odd number.
    const first = Number(state?.pages[0]?.folio)
    ;[...sheet.children].forEach((figure, at) => {
        figure.style.width = `${figure.size.width * k}px`
        figure.style.height = `${figure.size.height * k}px`
        figure.style.gridColumnStart = settings.facing && at === 0 && first % 2 === 1 ? 2 : 'auto'
    })
    $('fit').textContent = settings.zoom ? `${Math.round(settings.zoom * 100)} %` : 'Fit'
    if (anchor) back(anchor)
}

// The page in the middle of the view, and where in it the middle is. A page that has no size yet is as large as the browser likes: Firefox gives it a line for
// the words that stand in for its picture.
function here() {
    const pane = $('pages')
    const middle = pane.scrollTop + Math.min(pane.clientHeight / 2, 200)
    for (const figure of $('sheet').children) {
        if (figure.style.height && figure.offsetHeight && figure.offsetTop + figure.offsetHeight >= middle) {
            return { figure, part: (middle - figure.offsetTop) / figure.offsetHeight, offset: middle - pane.scrollTop, across: (pane.scrollLeft + pane.clientWidth / 2) / Math.max(pane.scrollWidth, 1) }
        }
    }
    return null
}
function back({ figure, part, offset, across }) {
    const pane = $('pages')
    pane.scrollTop = figure.offsetTop + part * figure.offsetHeight - offset
    pane.scrollLeft = across * pane.scrollWidth - pane.clientWidth / 2
}

function zoom(step) {
    const now = settings.zoom || scale() / PIXELS
    const next = step > 0 ? STEPS.find(size => size > now * 1.01) : STEPS.findLast(size => size < now * 0.99)
    settings.zoom = step === 0 ? 0 : next ?? now
    save()
    layout()
}

function turn(step) {
    const figures = [...$('sheet').children]
    const at = figures.indexOf(here()?.figure)
    const by = settings.facing ? 2 : 1
    const figure = figures[Math.min(Math.max(at + step * by, 0), figures.length - 1)]
    if (figure) $('pages').scrollTop = figure.offsetTop - 16
}

function markPages(places, kind) {
    const drawn = []
    for (const { page, boxes } of places) {
        const figure = $('sheet').children[page - 1]
        if (!figure) continue
        for (const [left, top, width, height] of boxes) {
            const { width: w, height: h } = figure.size
            const mark = element('div', { class: `mark ${kind}` })
            mark.style.cssText = `left:${left / w * 100}%;top:${top / h * 100}%;width:${width / w * 100}%;height:${height / h * 100}%`
            figure.append(mark)
            drawn.push(mark)
        }
    }
    return drawn
}

function reveal(mark) {
    const pane = $('pages')
    const box = mark.getBoundingClientRect(), view = pane.getBoundingClientRect()
    if (box.top < view.top + 40 || box.bottom > view.bottom - 40) pane.scrollTop += box.top - view.top - view.height / 3
    if (box.left < view.left || box.right > view.right) pane.scrollLeft += box.left - view.left - view.width / 3
}

$('sheet').addEventListener('click', event => {
    const figure = event.target.closest('.page')
    if (!figure) return
    const box = figure.getBoundingClientRect()
    const x = (event.clientX - box.left) / box.width * figure.size.width
    const y = (event.clientY - box.top) / box.height * figure.size.height
    where(`page=${figure.at + 1}&x=${x.toFixed(2)}&y=${y.toFixed(2)}`, { open: true, from: 'pages' })
})

// Places.

async function where(query, { open = false, from = '' } = {}) {
    const answer = await ask(`/article/${article}/where?${query}`).catch(() => ({ found: false }))
    clear()
    if (!answer.found) {
        if (from === 'pages' || from === 'book') note('Nothing of the master stands here: the layout or the program says it.')
        else note('Nothing of it is to be seen in pages or e-book.')
        return answer
    }
    const { landed, line } = answer
    marks = markPages(landed.pdf, from === 'pages' ? '' : 'flash')
    if (marks.length && from !== 'pages') reveal(marks[0])
    markBook('place', landed.epub, from !== 'book')
    place(landed, line, SAID[answer.how])
    if (open && meta('editor') === 'yes') edit(landed.line, landed.column)
    return answer
}

// What is said of words that are not the master's own.
const SAID = {
    beside: ' — the layout or the program says the word, of this',
    nowhere: ' — the layout or the program says the word, of the article as a whole',
}

function place(landed, line, said = '') {
    $('open').textContent = `${landed.file}:${landed.line}:${landed.column}`
    $('open').disabled = meta('editor') !== 'yes'
    $('open').onclick = () => edit(landed.line, landed.column)
    $('path').textContent = landed.path.map(step => step.id ? `${step.name}#${step.id}` : step.name).join(' › ')
        + (landed.left_out.length ? ` — left out: ${landed.left_out[0].meaning}` : '') + said
    $('line').replaceChildren(...excerpt(line))
    $('place').hidden = false
}
function note(text) {
    $('open').textContent = ''
    $('path').textContent = text
    $('line').replaceChildren()
    $('place').hidden = false
}
const excerpt = line => line ? [line.parts[0], element('mark', {}, line.parts[1]), line.parts[2]] : []

async function edit(line, column) {
    const response = await fetch(`/article/${article}/open?line=${line}&column=${column}`, { method: 'POST', headers: { 'X-Token': meta('token') } })
    const { opened } = response.ok ? await response.json() : { opened: false }
    if (!opened) status('the editor could not be started', true)
}

function clear() {
    marks.forEach(mark => mark.remove())
    marks = []
    $('place').hidden = true
    highlight('place', [])
    document.querySelectorAll('#list [aria-current]').forEach(item => item.removeAttribute('aria-current'))
}

// Messages.

const said = text => text.split(/(`[^`]*`)/).map(part => part.startsWith('`') ? element('code', {}, part.slice(1, -1)) : part)

function messages(own) {
    const all = [...faults, ...own]
    const errors = all.filter(({ severity }) => severity === 'error').length
    $('count').hidden = !all.length
    $('count').textContent = all.length
    $('count').classList.toggle('error', errors > 0)
    const items = all.map(message => {
        const at = message.place?.line ? (message.place.file === state?.name ? `line ${message.place.line}` : `${message.place.file}:${message.place.line}`) : message.place?.file ?? ''
        const item = element('li', { class: message.severity, tabindex: 0 },
            element('div', { class: 'head' }, element('span', { class: 'kind' }, `${message.severity} · ${message.code}`), element('span', {}, at)),
            element('p', {}, ...said(message.message)))
        if (message.line) item.append(element('pre', {}, ...excerpt(message.line)))
        if (message.hint) item.append(element('p', { class: 'hint' }, ...said(message.hint)))
        const go = async () => {
            if (!message.span) return
            const answer = await where(`start=${message.span[0]}&end=${message.span[1]}`)
            item.setAttribute('aria-current', 'true')
            if (!answer.found && message.place) {
                $('open').textContent = `${message.place.file}:${message.place.line}:${message.place.column}`
                $('open').disabled = meta('editor') !== 'yes'
                $('open').onclick = () => edit(message.place.line, message.place.column)
                $('line').replaceChildren(...excerpt(message.line))
            }
            if (narrow.matches && answer.found) pane('pages')
        }
        item.go = go
        item.addEventListener('click', go)
        item.addEventListener('keydown', event => { if (event.key === 'Enter') go() })
        return item
    })
    $('list').replaceChildren(...items.length ? items : [element('li', { class: 'none' }, state ? 'Nothing is wrong.' : '')])
}

function message(step) {
    const items = [...$('list').querySelectorAll('li:not(.none)')]
    const at = items.findIndex(item => item.hasAttribute('aria-current'))
    const item = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length]
    item?.scrollIntoView({ block: 'nearest' })
    item?.go()
}

// The e-book.

let frame = null, frameHref = '', framePrint = '', shownBook = null
const ranges = new Map()

async function drawBook(other) {
    if (!settings.book || !state?.book) return
    const { order } = state.book
    if (!order.length) return
    if (shownBook !== state.book.version || other) {
        shownBook = state.book.version
        contents()
    }
    const href = other || !order.some(file => file.href === frameHref) ? (order.find(file => !file.href.endsWith('cover.xhtml')) ?? order[0]).href : frameHref
    const { print } = order.find(file => file.href === href)
    if (!other && href === frameHref && print === framePrint) return
    const top = !other && href === frameHref ? frame?.contentWindow?.scrollY ?? 0 : 0
    await openFile(href, view => view.scrollTo(0, top))
}

// The contents are those of the book's own navigation.
async function contents() {
    const select = $('contents')
    const base = state.book.order[0].href.replace(/[^/]*$/, '')
    try {
        const text = await (await fetch(`/article/${state.id}/book/${state.book.version}/${base}nav.xhtml`)).text()
        const nav = new DOMParser().parseFromString(text, 'application/xhtml+xml')
        const toc = [...nav.querySelectorAll('nav')].find(nav => nav.getAttributeNS('http://www.idpf.org/2007/ops', 'type') === 'toc')
        const depth = link => { let deep = -1; for (let node = link; node && node !== toc; node = node.parentNode) if (node.localName === 'ol') deep++; return deep }
        const links = [...toc?.querySelectorAll('a') ?? []]
        select.replaceChildren(element('option', { value: '' }, 'Contents'),
            ...links.map(link => element('option', { value: base + link.getAttribute('href') }, '\u2003'.repeat(Math.max(depth(link), 0)) + link.textContent.trim().slice(0, 70))))
    } catch { select.replaceChildren() }
}

// Opens a file in a new frame; the old one stays until the new one can be shown.
function openFile(href, then = () => {}) {
    const file = state.book.order.find(file => file.href === href)
    if (!file) return Promise.resolve()
    frameHref = href
    framePrint = file.print
    return new Promise(resolve => {
        const next = element('iframe', { sandbox: 'allow-same-origin', title: 'The e-book' })
        next.style.visibility = 'hidden'
        next.addEventListener('load', () => {
            const { contentDocument: text, contentWindow: view } = next
            if (!text?.documentElement || frameHref !== href || framePrint !== file.print) { next.remove(); return resolve() }
            prepare(text, view)
            then(view)
            const old = frame
            frame = next
            next.style.visibility = ''
            old?.remove()
            for (const [name, places] of ranges) highlight(name, places)
            resolve()
        }, { once: true })
        next.src = `/article/${state.id}/book/${state.book.version}/${href}`
        $('device').append(next)
        device()
    })
}

function prepare(text, view) {
    const sheet = new view.CSSStyleSheet()
    sheet.replaceSync('::highlight(place) { background-color: #f6c64499 } ::highlight(find) { background-color: #7fb2e099 } ::highlight(now) { background-color: #f6a03099 }')
    text.adoptedStyleSheets = [sheet]
    night(text, view)
    text.addEventListener('click', event => {
        const link = event.target.closest?.('a[href]')
        if (link) {
            event.preventDefault()
            follow(link.getAttribute('href'))
        }
        const unit = unitAt(text, event.clientX, event.clientY)
        if (unit != null) where(`file=${encodeURIComponent(frameHref)}&unit=${unit}`, { open: !link, from: 'book' })
    })
    text.addEventListener('keydown', key)
}

function follow(href) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return status(`leads to ${href}`)
    const target = new URL(href, `http://x/${frameHref}`)
    const file = decodeURIComponent(target.pathname.slice(1)), id = decodeURIComponent(target.hash.slice(1))
    const scroll = view => { const at = id && view.document.getElementById(id); if (at) at.scrollIntoView(); else view.scrollTo(0, 0) }
    if (file === frameHref && frame) scroll(frame.contentWindow)
    else openFile(file, scroll)
}

const texts = text => text.createTreeWalker(text.documentElement, NodeFilter.SHOW_TEXT)

// The place of a point in the text of a document: how many units stand before it.
function unitAt(text, x, y) {
    const caret = text.caretPositionFromPoint?.(x, y)
    const range = caret ? null : text.caretRangeFromPoint?.(x, y)
    const node = caret?.offsetNode ?? range?.startContainer, offset = caret?.offset ?? range?.startOffset ?? 0
    if (!node) return null
    const walker = texts(text)
    let unit = 0
    while (walker.nextNode()) {
        if (walker.currentNode === node) {
            // A caret stands between two letters: of the two the one under the point is meant.
            const left = text.createRange()
            left.setStart(node, Math.max(offset - 1, 0)); left.setEnd(node, offset)
            const on = [...left.getClientRects()].some(box => box.left <= x && x < box.right && box.top <= y && y <= box.bottom)
            return unit + Math.max(on ? offset - 1 : offset, 0)
        }
        if (node.nodeType !== Node.TEXT_NODE && (node.compareDocumentPosition(walker.currentNode) & Node.DOCUMENT_POSITION_CONTAINED_BY || node.compareDocumentPosition(walker.currentNode) & Node.DOCUMENT_POSITION_FOLLOWING)) return unit
        unit += walker.currentNode.data.length
    }
    return unit
}

function rangesOf(text, places) {
    const walker = texts(text)
    const out = places.map(() => text.createRange())
    let unit = 0
    while (walker.nextNode()) {
        const node = walker.currentNode, end = unit + node.data.length
        places.forEach(({ from, to }, at) => {
            if (unit <= from && from < end) out[at].setStart(node, from - unit)
            if (unit < to && to <= end) out[at].setEnd(node, to - unit)
        })
        unit = end
    }
    return out
}

// Marks places of the book's text by a name; those of other files wait until they are opened.
function highlight(name, places) {
    ranges.set(name, places)
    const view = frame?.contentWindow
    if (!view?.CSS?.highlights) return []
    const drawn = rangesOf(view.document, places.filter(({ href }) => href === frameHref))
    view.CSS.highlights.set(name, new view.Highlight(...drawn))
    return drawn
}

async function markBook(name, places, scroll) {
    if (!settings.book || !places.length) return highlight(name, places)
    if (scroll && !places.some(({ href }) => href === frameHref)) await openFile(places[0].href)
    const [first] = highlight(name, places)
    if (scroll && first) {
        const view = frame.contentWindow, box = first.getBoundingClientRect()
        if (box.top < 30 || box.bottom > view.innerHeight - 30) view.scrollBy(0, box.top - view.innerHeight / 3)
    }
}

// The width of a device; where there is less room it is drawn smaller.
function device() {
    const room = $('device'), width = DEVICES[settings.device]
    const k = Math.min(1, room.clientWidth / width)
    for (const frame of room.querySelectorAll('iframe')) {
        frame.style.width = `${Math.max(width, narrow.matches && settings.device === 'phone' ? Math.min(room.clientWidth, 430) : 0)}px`
        frame.style.height = `${room.clientHeight / k}px`
        frame.style.transform = `scale(${k})`
        frame.style.left = `${Math.max((room.clientWidth - width * k) / 2, 0)}px`
    }
    $('book').dataset.device = settings.device
    for (const button of document.querySelectorAll('[data-device]')) if (button.localName === 'button') button.setAttribute('aria-pressed', button.dataset.device === settings.device)
}

// Light or dark as a reader would choose it: the style sheets' own conditions are answered, and no rule is added.
function night(text, view) {
    const answer = rules => {
        for (const rule of rules) {
            if (rule.media && /prefers-color-scheme/.test(rule.asked ??= rule.media.mediaText)) {
                rule.media.mediaText = rule.asked.replace(/\(prefers-color-scheme:\s*dark\)/g, settings.night ? '(min-width: 0px)' : '(max-width: 0px)')
                    .replace(/\(prefers-color-scheme:\s*light\)/g, settings.night ? '(max-width: 0px)' : '(min-width: 0px)')
            }
            if (rule.styleSheet) answer(rule.styleSheet.cssRules)
            else if (rule.cssRules) answer(rule.cssRules)
        }
    }
    for (const sheet of text.styleSheets) try { answer(sheet.cssRules) } catch { /* not readable: it stays as it is */ }
    const [own] = text.adoptedStyleSheets
    const scheme = `:root { color-scheme: ${settings.night ? 'dark' : 'only light'} }`
    if (own.cssRules[0]?.selectorText === ':root') own.deleteRule(0)
    own.insertRule(scheme, 0)
    $('device').classList.toggle('night', settings.night)
}

// Searching.

let sought = []
async function search(wanted, move = true) {
    found.wanted = wanted
    const line = wanted.match(/^:\s*(\d+)(?::(\d+))?$/)
    if (line) {
        if (move) await where(`line=${line[1]}${line[2] ? `&column=${line[2]}` : ''}`, {})
        return show_hits()
    }
    const answer = wanted.trim() && !wanted.startsWith(':') ? await ask(`/article/${article}/find?q=${encodeURIComponent(wanted)}`).catch(() => null) : { pages: [], book: [] }
    if (!answer || found.wanted !== wanted) return
    sought.flat().forEach(mark => mark.remove())
    sought = answer.pages.map(place => markPages([place], 'find'))
    found = { ...answer, at: move ? -1 : Math.min(found.at, answer.pages.length - 1), wanted }
    highlight('find', answer.book)
    highlight('now', [])
    show_hits()
    if (move && answer.pages.length + answer.book.length) {
        // The first at or behind what is seen.
        const top = $('pages').scrollTop
        const at = sought.findIndex(([mark]) => mark && mark.parentNode.offsetTop + mark.offsetTop >= top)
        found.at = Math.max(at, 0) - 1
        hit(1)
    }
}

function hit(step) {
    const onPages = settings.pages && found.pages.length
    const many = onPages ? found.pages.length : found.book.length
    if (!many) return
    found.at = (found.at + step + many) % many
    sought.flat().forEach(mark => mark.classList.remove('now'))
    if (onPages) {
        sought[found.at]?.forEach(mark => mark.classList.add('now'))
        if (sought[found.at]?.[0]) reveal(sought[found.at][0])
    }
    const inBook = onPages ? found.book[Math.round(found.at * Math.max(found.book.length - 1, 0) / Math.max(many - 1, 1))] : found.book[found.at]
    markBook('now', inBook ? [inBook] : [], true)
    show_hits()
}

function show_hits() {
    const many = settings.pages && found.pages.length ? found.pages.length : found.book.length
    $('hits').textContent = !found.wanted || found.wanted.startsWith(':') ? '' : many ? `${found.at + 1} / ${many}` : 'none'
}

let typing
$('search').addEventListener('input', event => {
    clearTimeout(typing)
    typing = setTimeout(() => search(event.target.value), event.target.value ? 160 : 0)
})
$('search').addEventListener('keydown', event => {
    if (event.key === 'Enter') {
        clearTimeout(typing)
        if (found.wanted !== event.target.value || event.target.value.startsWith(':')) search(event.target.value)
        else hit(event.shiftKey ? -1 : 1)
    } else if (event.key === 'Escape') { event.target.value = ''; search(''); event.target.blur() }
    event.stopPropagation()
})

// What is shown, and how.

function panes() {
    const all = ['pages', 'book', 'messages']
    if (narrow.matches) {
        const one = all.includes(settings.one) ? settings.one : 'pages'
        for (const name of all) $(name).hidden = name !== one
        for (const name of all) $(`show-${name}`).setAttribute('aria-pressed', name === one)
    } else {
        if (!all.some(name => settings[name])) settings.pages = true
        for (const name of all) $(name).hidden = !settings[name]
        for (const name of all) $(`show-${name}`).setAttribute('aria-pressed', settings[name])
    }
    layout()
    device()
    drawBook(!frame)
}
function pane(name) {
    if (narrow.matches) settings.one = name
    else settings[name] = !settings[name]
    save()
    panes()
}
for (const name of ['pages', 'book', 'messages']) $(`show-${name}`).addEventListener('click', () => pane(name))

function theme() {
    const is = settings.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : settings.theme
    document.documentElement.dataset.theme = is
    return is
}
const switchTheme = () => { settings.theme = theme() === 'dark' ? 'light' : 'dark'; save(); theme() }
const switchFacing = () => {
    settings.facing = !settings.facing
    $('facing').setAttribute('aria-pressed', settings.facing)
    save()
    layout()
}
const switchNight = () => {
    settings.night = !settings.night
    $('night').setAttribute('aria-pressed', settings.night)
    save()
    if (frame) night(frame.contentDocument, frame.contentWindow)
}

$('smaller').addEventListener('click', () => zoom(-1))
$('larger').addEventListener('click', () => zoom(1))
$('fit').addEventListener('click', () => zoom(0))
$('facing').addEventListener('click', switchFacing)
$('theme').addEventListener('click', switchTheme)
$('night').addEventListener('click', switchNight)
$('help').addEventListener('click', () => $('keys').showModal())
$('close').addEventListener('click', clear)
$('contents').addEventListener('change', event => { if (event.target.value) follow(`/${event.target.value}`); event.target.selectedIndex = 0 })
$('article').addEventListener('change', event => {
    article = chosen = Number(event.target.value)
    history.replaceState(null, '', `?article=${article}`)
    state = null
    $('pages').scrollTop = 0
    refresh()
})
for (const button of document.querySelectorAll('button[data-device]')) button.addEventListener('click', () => { settings.device = button.dataset.device; save(); device(); layout() })
dark.addEventListener('change', theme)
narrow.addEventListener('change', panes)
new ResizeObserver(() => { layout(); device() }).observe($('pages'))
new ResizeObserver(device).observe($('device'))

function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName ?? '') || $('keys').open) return
    const does = {
        1: () => pane('pages'), 2: () => pane('book'), 3: () => pane('messages'),
        j: () => turn(1), k: () => turn(-1), '+': () => zoom(1), '=': () => zoom(1), '-': () => zoom(-1), 0: () => zoom(0),
        f: switchFacing, d: switchTheme, b: switchNight, n: () => hit(1), N: () => hit(-1), ']': () => message(1), '[': () => message(-1),
        '/': () => { $('search').focus(); $('search').select() }, ':': () => { $('search').value = ':'; $('search').focus() },
        '?': () => $('keys').showModal(), Escape: clear,
    }[event.key]
    if (!does) return
    event.preventDefault()
    does()
}
document.addEventListener('keydown', key)

// Events. A page that nobody sees listens to none: browsers let one site have few connections.

let events = null
function listen() {
    if (document.hidden) { events?.close(); events = null; return }
    if (events) return
    events = new EventSource('/events')
    events.onopen = () => { list().then(refresh) }
    events.onerror = () => status('the program has ended, or is being started again', true)
    events.onmessage = ({ data }) => {
        const told = JSON.parse(data)
        if (told.list) list().then(() => { if (state?.id !== article || told.job) refresh() })
        if (told.article === article && told.version > (state?.version ?? -1)) refresh()
    }
}
document.addEventListener('visibilitychange', listen)

theme()
$('facing').setAttribute('aria-pressed', settings.facing)
$('night').setAttribute('aria-pressed', settings.night)
panes()
listen()
