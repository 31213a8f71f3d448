// What happens when the page is there.

for (const holder of document.querySelectorAll('.table')) new LiveTable(holder);
for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => speak(button.getAttribute('data-language') ?? 'zh-CN'));
speak(navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
root.dataset.ready = 'yes';
