import '../design/base.css'
import { mount } from 'svelte'
import { openHost } from '../host/host'
import { App } from './app.svelte'
import Root from './Root.svelte'

const app = new App(await openHost())
await app.open()
mount(Root, { target: document.getElementById('app')!, props: { app } })
