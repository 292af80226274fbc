import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Access } from '../../kernel/http/route-access.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { AccessibilityPage } from './accessibility-page.js';
import { HelpPage } from './help-page.js';

/** How one works with the pages, and how far everybody can use them. Open to all. */
@ApiExcludeController()
@Controller()
export class HelpPages {
  @Access({ row: 'register.codes', about: 'register', act: 'NONE', shows: [] })
  @Get('hjalp')
  help(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return answerPage(reply, h(HelpPage, { visitor: visitorOf(request) }));
  }

  @Access({ row: 'register.codes', about: 'register', act: 'NONE', shows: [] })
  @Get('tillganglighet')
  accessibility(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return answerPage(reply, h(AccessibilityPage, { visitor: visitorOf(request) }));
  }
}
