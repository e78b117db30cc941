import { expect, type Locator, type Page } from '@playwright/test'
import { beginning, type Language, NAMES, say } from './words'

/** What the observer gives where the first choice, or a 0, is not the answer. By question. */
export type Answers = Record<string, string>

/** A pair of observers with one thumb on the screen: only what they can see and touch. */
export class Observer {
  language: Language = 'en'

  constructor(
    readonly page: Page,
    readonly pin: string,
  ) {}

  /** A sentence of the interface in the language it is in. */
  say(id: string): string {
    return say(this.language, id)
  }

  button(id: string): Locator {
    return this.page.getByRole('button', { name: this.say(id), exact: true })
  }

  /** Enters the code, chooses a PIN, and waits until everything is on the device. */
  async enrol(code: string): Promise<void> {
    await this.page.getByLabel(this.say('enrol-code')).fill(code)
    await this.page.getByLabel(this.say('pin-new'), { exact: true }).fill(this.pin)
    await this.page.getByLabel(this.say('pin-again'), { exact: true }).fill(this.pin)
    await this.button('enrol').click()
    await expect(this.page.getByText(this.say('ready-offline'))).toBeVisible({ timeout: 120_000 })
    await this.button('begin').click()
  }

  async unlock(): Promise<void> {
    await expect(this.button('unlock')).toBeVisible()
    // Nothing is touched before; a slip is erased.
    await this.page.keyboard.type(`${this.pin}7`)
    await this.page.keyboard.press('Backspace')
    await this.page.keyboard.press('Enter')
    await expect(this.page.getByRole('navigation').first()).toBeVisible()
  }

  /** Two taps, from anywhere. */
  async speak(language: Language): Promise<void> {
    await this.page.getByRole('button', { name: this.say('language-switch') }).click()
    await this.page.getByRole('button', { name: NAMES[language], exact: true }).click()
    this.language = language
    await expect(this.page.getByRole('button', { name: this.say('language-switch') })).toBeVisible()
  }

  /** One of the four places of the bar. */
  async go(place: 'today' | 'reports' | 'outbox' | 'settings'): Promise<void> {
    const way = this.page.locator(`nav a[href="#/${place}"]`)
    // A report has a bar of its own on a phone; its arrow leads to where the four places are.
    const back = this.page.getByRole('link', { name: this.say('back') })
    await way.or(back).filter({ visible: true }).first().waitFor()
    if (!(await way.isVisible())) await back.click()
    await way.click()
    await expect(way).toHaveAttribute('aria-current', 'page')
  }

  /** Begins a report of a form at the first station that a search finds. */
  async start(form: string, search: string): Promise<void> {
    await this.go('today')
    await this.page.locator(`main a[href="#/start/${form}"]`).click()
    await this.page.getByRole('searchbox').fill(search)
    const hits = this.page.getByRole('list', { name: this.say('search-results') }).getByRole('button')
    // Before anything is typed the nearest are listed; their line gives way to what the search found.
    await expect(this.page.getByText(this.say('search-near'))).toBeHidden()
    await hits.first().click()
    await expect(hits.first()).toHaveAttribute('aria-pressed', 'true')
    await this.page.locator('.action').getByRole('button').click()
    await expect(this.page.locator('#section-title')).toBeVisible()
  }

  /** Answers the questions of the section on the screen, those that appear while answering included. */
  async answerSection(answers: Answers): Promise<void> {
    const done = new Set<string>()
    for (;;) {
      const cards = await this.page.locator('article[data-question]:visible').all()
      const names = await Promise.all(cards.map(async (card) => (await card.getAttribute('data-question')) ?? ''))
      const at = names.findIndex((name) => !done.has(name))
      const name = names[at]
      if (name === undefined) return
      done.add(name)
      await this.answer(name, answers[name])
    }
  }

  /** Gives one answer: the wished one, or the first that offers itself. What is known already is left as it is. */
  async answer(name: string, wished?: string): Promise<void> {
    const card = this.page.locator(`article[data-question="${name}"]`)
    const choice = card.locator('input[type=radio]:enabled, input[type=checkbox]:enabled')
    if ((await choice.count()) > 0) {
      if (wished === undefined && (await card.locator('input:checked').count()) > 0) return
      const one = wished === undefined ? choice.first() : card.locator(`input[value="${wished}"]`)
      if (!(await one.isChecked())) await one.locator('xpath=ancestor::label').click()
      await expect(one).toBeChecked()
      return
    }
    const time = card.locator('input[placeholder="--:--"]:not([readonly])')
    if ((await time.count()) > 0) {
      if (wished === undefined && (await time.inputValue()) !== '') return
      await this.typeTime(name, wished ?? '10:15')
      return
    }
    const number = card.locator('input[inputmode=numeric]:not([readonly]), input[inputmode=decimal]:not([readonly])')
    if ((await number.count()) > 0) {
      if (wished === undefined && (await number.first().inputValue()) !== '') return
      await number.first().fill(wished ?? '0')
      await number.first().blur()
      return
    }
    const text = card.locator('input[type=text]:not([readonly]):not([inputmode]), textarea:not([readonly])')
    if (wished !== undefined && (await text.count()) > 0) {
      await text.first().fill(wished)
      await text.first().blur()
    }
  }

  /** Types a time as a phone's number keyboard lets them: digit after digit, without a colon. */
  async typeTime(name: string, time: string): Promise<Locator> {
    const field = this.page.locator(`article[data-question="${name}"] input[placeholder="--:--"]`)
    await field.clear()
    await field.pressSequentially(time.replace(':', ''))
    await field.blur()
    return field
  }

  /** Goes through the whole form, section after section; `between` is done after the section with that index. */
  async fill(answers: Answers, between: (section: number) => Promise<void> = async () => {}): Promise<void> {
    const onward = this.page.locator('.onward').getByRole('button')
    for (let section = 0; ; section += 1) {
      await this.answerSection(answers)
      await this.saved()
      await between(section)
      if ((await onward.textContent())?.trim() === this.say('review')) return
      const title = await this.page.locator('#section-title').textContent()
      await onward.click()
      await expect(this.page.locator('#section-title')).not.toHaveText(title ?? '')
    }
  }

  /** The screen says that the last answer is on the device. */
  async saved(): Promise<void> {
    await expect(this.page.locator('header').getByText(beginning(this.language, 'saved-at'))).toBeVisible()
  }

  /** Opens the review from the last section. */
  async review(): Promise<void> {
    await this.page.locator('.onward').getByRole('button').click()
    await expect(this.page.getByRole('heading', { name: this.say('confirm-title') })).toBeVisible()
  }

  /** Both observers confirm, and the report is finished. */
  async finish(button: 'finish' | 'finish-correction' = 'finish'): Promise<void> {
    const confirm = this.page.getByRole('group', { name: this.say('confirm-title') }).getByRole('checkbox')
    for (const one of await confirm.all()) {
      await one.locator('xpath=ancestor::label').click()
      await expect(one).toBeChecked()
    }
    await this.button(button).click()
    await expect(this.page.getByRole('heading', { name: this.say('receipt') })).toBeVisible()
  }

  /** Adds a note to the whole report. */
  async note(text: string): Promise<void> {
    await this.button('note-report').click()
    await this.page.getByRole('dialog').getByLabel(this.say('note-text'), { exact: true }).fill(text)
    await this.button('note-save').click()
    await expect(this.page.getByRole('dialog')).toBeHidden()
    await expect(this.page.getByText(text)).toBeVisible()
  }

  /** Presses "Send now" in the outbox. */
  async send(): Promise<void> {
    await this.go('outbox')
    await this.button('send-now').click()
  }
}
