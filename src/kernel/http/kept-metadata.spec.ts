import { describe, expect, it } from '@jest/globals';
import { IsInt, IsString, MetadataStorage, ValidateNested, getMetadataStorage, validateSync } from 'class-validator';
import { keepMetadata } from './kept-metadata.js';

class Base {
  @IsString()
  name: unknown;
}

class Inner {
  @IsInt()
  count: unknown;
}

class Derived extends Base {
  @ValidateNested()
  inner: unknown;
}

const checked = (value: object): string[] =>
  validateSync(value, { whitelist: true, forbidNonWhitelisted: true }).flatMap(
    ({ property, constraints, children }) => [
      ...Object.keys(constraints ?? {}).map((name) => `${property} ${name}`),
      ...(children ?? []).flatMap((child) =>
        Object.keys(child.constraints ?? {}).map((name) => `${child.property} ${name}`),
      ),
    ],
  );
const derived = (name: unknown, count: unknown): Derived =>
  Object.assign(new Derived(), { name, inner: Object.assign(new Inner(), { count }) });

describe('what class-validator knows of a class, kept', () => {
  const cases: object[] = [
    derived('a', 1),
    derived(1, 'a'),
    Object.assign(derived('a', 1), { other: 1 }),
    Object.assign(new Base(), { name: 1 }),
  ];

  it('is checked as before, however often, and by the classes it inherits from', () => {
    const before = cases.map(checked);
    expect(before).toEqual([[], ['count isInt', 'name isString'], ['other whitelistValidation'], ['name isString']]);
    keepMetadata();
    keepMetadata();
    expect(cases.map(checked)).toEqual(before);
    expect(cases.map(checked)).toEqual(before);
  });

  it('is worked out once for each class, and anew when a class declares more', () => {
    class Late {
      name = 1;
    }
    keepMetadata();
    const metadata = (): unknown[] => getMetadataStorage().getTargetValidationMetadatas(Late, '', false, false);
    expect(metadata()).toBe(metadata());
    expect(metadata()).toEqual([]);
    IsString()(Late.prototype, 'name');
    expect(metadata()).toHaveLength(1);
    expect(checked(new Late())).toEqual(['name isString']);
  });

  it('leaves the choice by groups alone', () => {
    const storage = getMetadataStorage();
    keepMetadata();
    const asked = (groups: string[]): unknown[] => storage.getTargetValidationMetadatas(Base, '', false, false, groups);
    expect(asked(['a'])).toEqual(new MetadataStorage().getTargetValidationMetadatas(Base, '', false, false, ['a']));
    expect(asked([])).toHaveLength(1);
  });
});
