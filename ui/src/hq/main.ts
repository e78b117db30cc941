import '../design/base.css'
import { mount } from 'svelte'
import Hq from './Hq.svelte'

const target = document.getElementById('app')
if (target) mount(Hq, { target })
