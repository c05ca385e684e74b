// Recognizers-Text (JavaScript): a JSON list of texts on stdin, the list of their findings and the seconds taken on stdout.
const suite = require('@microsoft/recognizers-text-suite');
const CODES = {
  'Euro': 'EUR', 'Dollar': 'USD', 'Dollar États-Unis': 'USD', 'Dollar Canadien': 'CAD', 'Livre': 'GBP', 'Livre Sterling': 'GBP',
  'Livre sterling': 'GBP', 'Franc Suisse': 'CHF', 'Yen Japonais': 'JPY', 'Yuan Chinois': 'CNY', 'Yuan': 'CNY', 'Won Sud-coréen': 'KRW',
  'Rouble Russe': 'RUB', 'Roupie': 'INR', 'Couronne Suédoise': 'SEK', 'Bitcoin': 'BTC', 'Dollar de Hong Kong': 'HKD',
};
const CENTS = ['Cent', 'Centime', 'Penny', 'Pence'];

function money(hit) {
  const { value, unit } = hit.resolution || {};
  if (value === null || value === undefined) return null;
  const amount = CENTS.includes(unit) ? Number(value.replace(',', '.')) / 100 : value.replace(',', '.');
  return { kind: 'money', value: String(amount), unit: CODES[unit] || hit.resolution.isoCurrency || unit };
}
function share(hit) {
  if (!hit.resolution || !hit.resolution.value) return null;
  return { kind: 'percent', value: hit.resolution.value.replace('%', '').replace(',', '.'), unit: 'PCT' };
}
function size(hit) {
  return hit.resolution && hit.resolution.value ? { kind: 'quantity', value: hit.resolution.value.replace(',', '.'), unit: hit.resolution.unit } : null;
}
function count(hit) {
  return hit.resolution && hit.resolution.value ? { kind: 'number', value: hit.resolution.value.replace(',', '.'), unit: null } : null;
}
function find(text) {
  const French = suite.Culture.French, found = [];
  for (const [recognize, read] of [[suite.recognizeCurrency, money], [suite.recognizePercentage, share], [suite.recognizeDimension, size], [suite.recognizeNumber, count]])
    for (const hit of recognize(text, French)) {
      const amount = read(hit);
      if (amount) found.push({ start: hit.start, end: hit.end + 1, kind: amount.kind, min: amount.value, max: amount.value, unit: amount.unit });
    }
  return found;
}
const texts = JSON.parse(require('fs').readFileSync(0, 'utf-8'));
find('15 euros');
const start = process.hrtime.bigint();
const found = texts.map(find);
console.log(JSON.stringify({ found, seconds: Number(process.hrtime.bigint() - start) / 1e9 }));
