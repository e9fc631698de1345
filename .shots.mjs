import { launch, openPage } from '/work/wt/house/tests/support/browser.ts';
import { startHouse, tempFolder } from '/work/wt/house/tests/support/house-process.ts';
import { found, join } from '/work/wt/house/tests/support/people.ts';
import { enter } from '/work/wt/house/tests/e2e/steps.ts';
const ends=[]; const t={after:(f)=>ends.unshift(f)};
const OUT='/tmp/hs/out'; import { mkdirSync } from 'node:fs'; mkdirSync(OUT,{recursive:true});
const only = process.argv[2];
try {
  const browser = await launch(t);
  const house = await startHouse(t,{data:tempFolder(t,'hs'), port: 4477});
  const ada = await found(house);
  await ada.client.house.settings({ title:'The Harbour Choir', note:'We keep rehearsal notes, lifts and cake.', rules:['Be kind, also when you are right.','What is said here stays here.','Whoever takes the last slice bakes the next cake.'] });
  const { invite } = await ada.client.invites.make({uses:50});
  const bob = await join(house, invite, 'bob');
  const i2 = (await bob.client.invites.make({uses:5})).invite;
  const cleo = await join(house, i2, 'cleo'); const dee = await join(house, i2, 'dee');
  const i3 = (await dee.client.invites.make({uses:5})).invite;
  const eve = await join(house, i3, 'eve'); await join(house, i3, 'finn'); await join(house, invite, 'gus');
  await ada.client.care.setRole(dee.persona,'steward');
  const p1 = await bob.client.microblog.post({text:'Whoever sings flat tonight should stay at home. You know who you are, and so does everybody else.', audience:'house'}, 'a'.repeat(22));
  const p2 = await eve.client.microblog.post({text:'Buy my used music stands!! Best price!! Call now.', audience:'house'}, 'b'.repeat(22));
  await cleo.client.microblog.post({text:'Cake on Thursday.', audience:'house'}, 'c'.repeat(22));
  await ada.client.care.hide(p2, 'Not here, please.');
  await ada.client.care.suspend(eve.persona, {words:'Three times now. Rest a week.'});
  await cleo.client.care.report({about:{persona:bob.persona,key:p1.key}, reason:'hurts', words:'He means me, and everybody knows it.'});
  await eve.client.care.report({about:{persona:bob.persona,key:p1.key}, reason:'rules'});
  await cleo.client.care.report({about:{persona:eve.persona}, reason:'noise'});
  const pages = [
    ['house', ada, '/house', 'House rules'], ['people', ada, '/house/people','Only stewards'], ['log', ada, '/house/log','What the stewards did'], ['reports', ada, '/house/reports','He means me'], ['hidden', ada, '/house/hidden','Show again'], ['waiting', ada,'/house/waiting','Nobody waits'],
    ['member', cleo, '/house', 'House rules'], ['own-line', cleo, '/house/people','Everybody came'], ['suspended', eve, '/', 'suspended you'], ['settings', ada, '/settings/house', 'Longest post'],
  ];
  for (const [name, who, path, text] of pages) {
    if (only && !name.includes(only)) continue;
    const w = await openPage(browser); await enter(w, house, who); w.page.setDefaultTimeout(8000);
    await w.page.goto(house.url+path);
    try { await w.page.getByText(text).first().waitFor(); } catch (e) { console.log(name, 'TEXT MISSING', String(e).slice(0,100)); }
    await shoot(w.page, name);
    if (w.errors.length) console.log(name, w.errors);
    await w.context.close();
  }
  if (!only || only==='dialog') {
    const w = await openPage(browser); await enter(w, house, cleo); w.page.setDefaultTimeout(8000);
    await w.page.goto(house.url+'/');
    const art = w.page.getByRole('article').filter({hasText:'sings flat'});
    await art.getByRole('button',{name:/^More about the post/}).click();
    await shoot(w.page,'menu');
    await w.page.getByRole('menuitem',{name:'Report to the stewards'}).click();
    await w.page.getByText('What is the matter?').waitFor();
    await shoot(w.page,'report-dialog');
    if (w.errors.length) console.log('dialog', w.errors);
    const a = await openPage(browser); await enter(a, house, ada); a.page.setDefaultTimeout(8000);
    await a.page.goto(house.url+'/house/people');
    await a.page.getByRole('button',{name:'What to do about Bob'}).click();
    await shoot(a.page,'tree-menu');
    await a.page.getByRole('menuitem',{name:/Ask to leave/}).click();
    await a.page.getByText('How much time').waitFor();
    await shoot(a.page,'expel-dialog');
  }
} finally { for (const e of ends) await e(); }
import { readFileSync } from 'node:fs'; import { createRequire } from 'node:module';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
async function axeAll(page,name){
  await page.evaluate(AXE);
  for (const vp of [{width:1280,height:800},{width:320,height:256}]) for (const colorScheme of ['light','dark']) {
    await page.setViewportSize(vp); await page.emulateMedia({colorScheme, reducedMotion:'reduce'});
    const r = await page.evaluate(() => axe.run({ exclude: [] }, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa'], rules: {'target-size':{enabled:true}} }));
    for (const v of r.violations) console.log('AXE', name, vp.width, colorScheme, v.id, v.nodes.slice(0,3).map(n=>n.html.slice(0,120)).join(' | '));
    const wide = await page.evaluate(()=>document.documentElement.scrollWidth); if (wide>vp.width) console.log('WIDE',name,vp.width,wide);
  }
}
async function shoot(page,name){ await axeAll(page,name);
  for (const [size,vp] of [['390',{width:390,height:844}],['1280',{width:1280,height:800}]]) {
    await page.setViewportSize(vp);
    const h = await page.evaluate(()=>document.documentElement.scrollHeight);
    await page.setViewportSize({width:vp.width,height:Math.min(1800,Math.max(vp.height,h))});
    for (const colorScheme of ['light','dark']) { await page.emulateMedia({colorScheme, reducedMotion:'reduce'}); await page.screenshot({path:`${OUT}/${name}-${size}-${colorScheme}.png`}); }
    const over = await page.evaluate(()=>document.documentElement.scrollWidth>innerWidth); if (over) console.log(name,size,'SCROLLS SIDEWAYS');
  }
}
