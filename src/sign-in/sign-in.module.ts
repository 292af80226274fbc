import { type DynamicModule, Module } from '@nestjs/common';
import { LOGIN_PARTS, LoginController, type LoginParts } from './login.controller.js';

/** The pages on which people sign in and out. */
@Module({})
export class SignInModule {
  static of(parts: LoginParts): DynamicModule {
    return {
      module: SignInModule,
      controllers: [LoginController],
      providers: [{ provide: LOGIN_PARTS, useValue: parts }],
    };
  }
}
