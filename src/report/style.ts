/**
 * How the pages look. Fonts of the system, one column, figures that line up; colours hold 4.5:1 for words and 3:1 for marks against the page in light and dark
 * (WCAG 2.2, 1.4.3 and 1.4.11), and every colour has a shape, a dash or words beside it.
 */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2329;--soft:#5a636e;--line:#dcd8d0;--grid:#e9e6df;--accent:#0a5a9c;--halo:#fff;--stripe:#f5f3ee;
--s0:#0067a5;--s1:#c04a08;--s2:#007a5a;--s3:#9c3f80;--s4:#7d6200;--s5:#475a78;--zone:#3aa384;--dense:#7b8490;--star:#b8860b;--bandA:#f3f1ec;--bandB:#e6eaf0;
--gain:#2c78ab;--loss:#c2560f;--total:#39424d;--good:#05694d;--bad:#a83a0a;
--q0:#f0f5f9;--q1:#dae7f1;--q2:#bad2e5;--q3:#92b8d7;--q4:#6a9cc5;--q5:#356d9d;--q6:#1b4f7f;--qi:#1d2329;--qj:#fff;--edge:#1d232938;--shadow:0 1px 2px #1d23290d,0 4px 14px #1d23290a}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--paper:#14181d;--card:#1b2027;--ink:#e7e9ec;--soft:#a3acb8;--line:#333b45;--grid:#2a313a;--accent:#79b8f0;--halo:#1b2027;--stripe:#20262e;
--s0:#62b3ee;--s1:#f0894a;--s2:#3cc79d;--s3:#e08fc2;--s4:#dcb63c;--s5:#a5b7d4;--zone:#3cc79d;--dense:#8b96a3;--star:#f0c64a;--bandA:#20262e;--bandB:#29323e;
--gain:#5fa8da;--loss:#f0894a;--total:#c6ccd4;--good:#55d3a8;--bad:#f59b66;
--q0:#1c2530;--q1:#203549;--q2:#254a68;--q3:#2b587e;--q4:#38739f;--q5:#74abd3;--q6:#a6cbe7;--qi:#fff;--qj:#10151a;--edge:#000c;--shadow:none}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1.5rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
table{overflow-wrap:normal}
main,header.top,footer{max-width:1088px;margin:0 auto;padding:0 24px}
header.top{padding-top:56px}
h1,h2,h3{line-height:1.2;text-wrap:balance;margin:0}
h1{font:600 2.5rem/1.12 ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,Charter,Georgia,serif;letter-spacing:-.012em}
h2{font:600 1.6rem/1.2 ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,Charter,Georgia,serif;margin:72px 0 6px;padding-top:22px;border-top:1px solid var(--line)}
h3{font-size:1.06rem;font-weight:650}
p{margin:.55em 0;max-width:46rem;text-wrap:pretty}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{margin:.6em 0;padding:12px 16px;background:var(--stripe);border:1px solid var(--line);border-radius:8px;overflow-x:auto}
pre code{overflow-wrap:normal}
.skip{position:absolute;left:-9999px}.skip:focus{left:16px;top:12px;background:var(--card);padding:8px 14px;border-radius:6px;z-index:2}
.eyebrow,.provenance,.soft,caption,.meta{color:var(--soft)}
.eyebrow{margin:0 0 10px;font-size:.86rem;letter-spacing:.06em;text-transform:uppercase}
.verdict{font-size:1.28rem;line-height:1.45;margin:16px 0 0;max-width:52rem}
.meta{font-size:.92rem;margin-top:10px}
nav ul{display:flex;flex-wrap:wrap;gap:4px 22px;list-style:none;margin:26px 0 0;padding:12px 0;border-block:1px solid var(--line);font-size:.94rem}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:16px;margin:26px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;box-shadow:var(--shadow);min-width:0;overflow-wrap:anywhere}
.card h3{display:flex;gap:8px;align-items:center}
.card .big{font-size:1.7rem;font-weight:620;letter-spacing:-.01em;margin:8px 0 0;font-variant-numeric:tabular-nums;line-height:1.15}
.card p{margin:2px 0 0;font-size:.9rem}
dl.facts{display:grid;grid-template-columns:minmax(120px,max-content) 1fr;gap:6px 22px;margin:18px 0}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0;min-width:0;overflow-wrap:anywhere}
.card dl{display:grid;grid-template-columns:1fr auto;gap:2px 12px;margin:10px 0 0;font-size:.9rem}.card dl dt{color:var(--soft)}.card dl dd{margin:0;text-align:right;font-variant-numeric:tabular-nums}
main>section:first-of-type h2{border-top:0;margin-top:26px}
figure{margin:30px 0 44px;break-inside:avoid}
figcaption{margin-bottom:14px}figcaption p{margin:.3em 0 0;color:var(--soft)}
.canvas{border:1px solid var(--line);border-radius:10px;box-shadow:var(--shadow);padding:20px;overflow-x:auto}
.hint{display:none;margin:0 0 8px;font-size:.88rem;color:var(--soft)}
.canvas,.scroll{background:linear-gradient(to right,var(--card) 40%,transparent) left/44px 100% no-repeat local,linear-gradient(to left,var(--card) 40%,transparent) right/44px 100% no-repeat local,linear-gradient(to right,var(--edge),transparent) left/16px 100% no-repeat scroll,linear-gradient(to left,var(--edge),transparent) right/16px 100% no-repeat scroll,var(--card)}
.canvas svg.chart{display:block;width:100%;height:auto;min-width:720px}
.below{display:flex;justify-content:space-between;align-items:flex-start;gap:16px;margin-top:8px;font-size:.9rem}
.below details{flex:1;min-width:0}
summary{cursor:pointer;padding:5px 8px;margin-left:-8px;border-radius:6px;width:fit-content;color:var(--accent)}
summary:hover{background:var(--stripe)}
.provenance{font-size:.8rem;margin:2px 0 0;max-width:none;overflow-wrap:anywhere}
button,select,input[type=range]{font:inherit;font-size:.9rem;color:var(--ink);accent-color:var(--accent)}
button,select{background:var(--card);border:1px solid var(--line);border-radius:7px;padding:5px 12px;min-height:32px;cursor:pointer}
button:hover,select:hover{border-color:var(--soft)}button:disabled{opacity:.45;cursor:default}
:focus-visible{outline:2.5px solid var(--accent);outline-offset:2px;border-radius:4px}
.needs-script{display:none}.js .needs-script{display:revert}.js .choose.needs-script{display:flex}
.choose select{max-width:100%;min-width:0;text-overflow:ellipsis}.choose{flex-wrap:wrap;gap:10px;align-items:center;margin:18px 0 -14px}
.panel[hidden]{display:none}
.scroll{overflow:auto;max-height:70vh;border:1px solid var(--line);border-radius:8px;margin-top:6px}
table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:9px 12px;caption-side:top}
th,td{padding:5px 12px;text-align:left;vertical-align:top;border-top:1px solid var(--grid)}
thead th{position:sticky;top:0;background:var(--card);font-weight:600;color:var(--soft);box-shadow:inset 0 -1px var(--line);white-space:nowrap;z-index:1}
tbody th{font-weight:500}
.n{text-align:right}
tr:target,tr.now{background:var(--bandB)}
i.m{font-style:normal}.m0::before,.m1::before,.m2::before,.m3::before,.m4::before,.m5::before{display:inline-block;width:1.35em}.m0::before{content:"●"/"";color:var(--s0)}.m1::before{content:"■"/"";color:var(--s1)}.m2::before{content:"▲"/"";color:var(--s2)}.m3::before{content:"◆"/"";color:var(--s3)}.m4::before{content:"▼"/"";color:var(--s4)}.m5::before{content:"✚"/"";color:var(--s5)}
.why{display:block;color:var(--soft);font-size:.93em}.says{font-style:italic}
.record .aside td{color:var(--soft)}.yes{color:var(--good);font-weight:600}.no{color:var(--bad);font-weight:600}
.record td:nth-child(n+4),.record th:nth-child(n+4){text-align:right}.record td:nth-child(2){white-space:nowrap}.record .r{font-weight:650}
.stepper.needs-script{position:sticky;bottom:12px;z-index:3;gap:8px;align-items:center;background:var(--card);border:1px solid var(--line);border-radius:10px;box-shadow:0 2px 16px #0003;padding:8px 12px;margin:40px 0 0}
.js .stepper.needs-script{display:flex}
.stepper input{flex:0 1 300px;min-width:80px}.stepper output{flex:1;min-width:0;font-size:.92rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.stepper button{padding:2px 11px;font-size:1.1rem;line-height:1}
ul.plain{list-style:none;padding:0;margin:12px 0}ul.plain li{margin:.35em 0;max-width:60rem;overflow-wrap:anywhere}
ol.events{padding-left:1.6em}ol.events li{margin:.3em 0}
footer{margin-top:80px;padding-top:20px;padding-bottom:56px;border-top:1px solid var(--line);font-size:.88rem;color:var(--soft)}
@media (max-width:809px){.hint{display:block}}
@media (max-width:700px){h1{font-size:1.9rem}header.top{padding-top:30px}.below{flex-direction:column}dl.facts{grid-template-columns:1fr}}
@media print{:root{--paper:#fff;--shadow:none}body{font-size:11pt}nav,.needs-script,.js .needs-script,.behind,.skip,.hint{display:none!important}.scroll{max-height:none;overflow:visible;border:0}.canvas{overflow:visible;padding:8px}.canvas svg.chart{min-width:0}h2{margin-top:36px}main,header.top,footer{max-width:none;padding:0}}
`;

/** What drawings need; a drawing saved on its own takes the looks with it. */
export const CHART_STYLE = `
svg.chart{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow:visible}
.chart text{fill:var(--ink);font-variant-numeric:tabular-nums}.chart .middle{text-anchor:middle}.chart .end{text-anchor:end}
.chart .tick{fill:var(--soft);font-size:12px}.chart .axis{fill:var(--soft)}.chart .soft{fill:var(--soft)}.chart .small{font-size:11.5px}.chart .tiny{font-size:10px}.chart .strong{font-weight:650}
.chart .halo{paint-order:stroke;stroke:var(--halo);stroke-width:4px;stroke-linejoin:round}
.chart .s0{--c:var(--s0)}.chart .s1{--c:var(--s1)}.chart .s2{--c:var(--s2)}.chart .s3{--c:var(--s3)}.chart .s4{--c:var(--s4)}.chart .s5{--c:var(--s5)}.chart .ink{--c:var(--soft)}
.chart path{fill:none}.chart .grid{stroke:var(--grid);stroke-width:1}.chart .zero{stroke:var(--soft);stroke-width:1.2}.chart .joint{stroke:var(--soft);stroke-width:1}
.chart .fill{fill:var(--c);stroke:var(--halo);stroke-width:.7}.chart .hollow{fill:var(--halo);stroke:var(--c);stroke-width:1.1;opacity:.85}.chart .thin{stroke:var(--c);stroke-width:.8;opacity:.4}.chart .line{stroke:var(--c);stroke-width:2;stroke-linejoin:round}
.chart .target{stroke:var(--c);stroke-width:1.4;stroke-dasharray:6 4;opacity:.85}.chart .trace{stroke:var(--c);stroke-width:1.2;opacity:.6;stroke-linejoin:round}.chart .faint{opacity:.38}.chart .ring{stroke:var(--c);stroke-width:1.3;fill:none}
.chart .area{fill:var(--c);opacity:.14}.chart .dash1{stroke-dasharray:7 3}.chart .dash2{stroke-dasharray:2.5 3}.chart .dash3{stroke-dasharray:9 3 2 3}.chart .dash4{stroke-dasharray:4 2}.chart .dash5{stroke-dasharray:12 4}
.chart .reserve{stroke:var(--soft);stroke-width:1.3;stroke-dasharray:1.5 4;stroke-linecap:round}.chart .disagree{stroke:var(--ink);stroke-width:2.2;stroke-linecap:round}
.chart .dense{stroke:var(--dense)}.chart .d1{opacity:.13}.chart .d2{opacity:.24}.chart .d3{opacity:.38}.chart .d4{opacity:.55}.chart .zone{stroke:var(--zone)}.chart .z1{opacity:.3}.chart .z2{opacity:.45}.chart .z3{opacity:.6}.chart .z4{opacity:.8}.chart .dots{stroke-linecap:round}
.chart .frontier{stroke:var(--ink);stroke-width:1.2}.chart .frontier-points{stroke:var(--ink);stroke-width:4.4;stroke-linecap:round}
.chart .lens{fill:none;stroke:var(--soft);stroke-width:1}.chart .solution{fill:none;stroke:var(--ink);stroke-width:1.6}.chart .agreed{fill:var(--star);stroke:var(--halo);stroke-width:1.4}
.chart .band{fill:var(--bandA);opacity:.6}.chart .strip{fill:var(--bandA)}.chart .b1{fill:var(--bandB)}
.chart .happened{stroke:var(--bad);stroke-width:1;stroke-dasharray:4 3;opacity:.75}.chart .event circle{fill:var(--halo);stroke:var(--bad);stroke-width:1.4}.chart .flag{font-size:11px;font-weight:650;fill:var(--bad)}
.chart .gain,.chart .high{fill:var(--gain)}.chart .loss,.chart .low{fill:var(--loss);fill-opacity:.24;stroke:var(--loss);stroke-width:1.4}.chart .total{fill:var(--total)}
.chart .stripe{fill:var(--stripe)}.chart .whisker{stroke:var(--c);stroke-width:1.8}
.chart .cell rect{fill:var(--q0)}.chart .cell text{fill:var(--qi)}.chart .q1 rect{fill:var(--q1)}.chart .q2 rect{fill:var(--q2)}.chart .q3 rect{fill:var(--q3)}.chart .q4 rect{fill:var(--q4)}.chart .q5 rect{fill:var(--q5)}.chart .q6 rect{fill:var(--q6)}
.chart .q5 text,.chart .q6 text{fill:var(--qj)}.chart .none rect{fill:none;stroke:var(--line)}.chart .none text{fill:var(--soft)}
.chart .mean{font-size:14px;font-weight:620}.chart .cell .nash,.chart .nash{fill:none;stroke:var(--ink);stroke-width:2}.chart .q5 .nash,.chart .q6 .nash{stroke:var(--qj)}.chart .reply{fill:var(--qi)}.chart .q5 .reply,.chart .q6 .reply{fill:var(--qj)}.chart .reply.alone{fill:var(--ink)}
.chart a.cell:focus-visible{outline:none}.chart a.cell:focus-visible>rect:first-of-type{stroke:var(--accent);stroke-width:3}
.chart .arrow{stroke:var(--c);stroke-width:1.3;opacity:.72}.chart .node{fill:var(--dense)}.chart .node.passing{opacity:.75}.chart .node.sink{fill:var(--ink)}.chart .node.circling{fill:var(--s1)}.chart .sink-ring{fill:none;stroke:var(--ink);stroke-width:1.8}.chart .circling-ring{fill:none;stroke:var(--s1);stroke-width:1.6;stroke-dasharray:3 2.5}
.chart .threshold{stroke:var(--bad);stroke-width:1.6;stroke-dasharray:5 3}.chart .base{stroke:var(--soft);stroke-width:1}
.chart .cursor,.chart .cursor-line{visibility:hidden}.stepping .chart .cursor,.stepping .chart .cursor-line{visibility:visible}
.chart .cursor{fill:none;stroke:var(--accent);stroke-width:3}.chart .cursor-line{stroke:var(--accent);stroke-width:1.8}
`;
