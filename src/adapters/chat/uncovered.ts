// What people cover in one app can't be covered in all of them: a word stands for it.
export const uncovered = "[spoiler]";
