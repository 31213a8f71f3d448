export { addDispute } from '../disputing/add.js';
export { answerDispute } from '../disputing/answer.js';
export { listDisputes } from '../disputing/list.js';
export { newDispute } from '../disputing/new.js';
