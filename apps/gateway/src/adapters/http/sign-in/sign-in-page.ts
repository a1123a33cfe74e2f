// The demo provider's sign-in page: plain HTML, usable by keyboard, no script.
import type { DemoAccount } from './demo-accounts';

const STYLE = `body{font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;background:#f0f2f5;margin:0;display:grid;
place-items:center;min-height:100vh}main{background:#fff;padding:28px 36px;border-radius:8px;width:480px;max-width:90vw}
h1{font-size:20px;margin:0 0 4px}p{color:#555;margin:0 0 12px}label{display:block;margin:12px 0 4px}
input,button{font:inherit;width:100%;padding:8px;box-sizing:border-box;border:1px solid #8c8c8c;border-radius:6px}
button{margin-top:20px;background:#0958d9;color:#fff;border:0;cursor:pointer}.problem{color:#a8071a}
table{border-collapse:collapse;margin-top:20px;font-size:14px;width:100%}td{padding:3px 8px;border-top:1px solid #eee}`;

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const rowOf = ({ login, name, about }: DemoAccount): string =>
  `<tr><td><code>${escape(login)}</code></td><td>${escape(name)}</td><td>${escape(about)}</td></tr>`;

const page = (title: string, main: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>${title} · 衡技</title><style>${STYLE}</style></head><body><main>${main}</main></body></html>`;

/** The page for a sign-in that has expired or was begun elsewhere. */
export const signInProblemPage = (): string =>
  page('登录未完成', '<h1>登录未完成</h1><p>本次登录已过期或已在别处完成。</p><p><a href="/">重新登录</a></p>');

/** `problem` is shown above the form after a failed try. */
export const signInPage = (accounts: readonly DemoAccount[], problem: string): string =>
  page(
    '演示登录',
    `<h1>衡技 · 演示登录</h1><p>仅供演示和测试,账号均为虚构。</p>${problem ? `<p class="problem" role="alert">${escape(problem)}</p>` : ''}
<form method="post">
<label for="login">账号</label>
<input id="login" name="login" type="text" list="accounts" required autofocus autocomplete="off" spellcheck="false">
<datalist id="accounts">${accounts.map(({ login, about }) => `<option value="${escape(login)}">${escape(about)}</option>`).join('')}</datalist>
<label for="password">密码</label><input id="password" name="password" type="password" required autocomplete="off">
<button type="submit">登录</button></form>
<table><tbody>${accounts.map(rowOf).join('')}</tbody></table>`,
  );
