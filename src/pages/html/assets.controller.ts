import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';
import { Access } from '../../kernel/http/route-access.js';
import { ASSETS } from './assets.js';

/** The stylesheet, the script and the sign of the pages. Their addresses change with their content. */
@ApiExcludeController()
@Controller('filer')
export class AssetsController {
  @Access({ row: 'register.codes', about: 'register', act: 'NONE', shows: [] })
  @Get(':name')
  read(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const asset = ASSETS.get(name);
    if (!asset) throw new Problem(httpProblems.NOT_FOUND);
    reply.headers({ 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' });
    return asset.content;
  }
}
