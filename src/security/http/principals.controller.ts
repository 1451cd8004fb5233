import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { NotLogged } from '../../http/logged.js';
import { Allow } from '../allow.js';
import { Config } from '../../config.js';
import { HabeasError } from '../../errors.js';
import { Principals, type Identity } from '../principals.js';
import { NewPrincipal, PrincipalIdDto, PrincipalList, PrincipalView } from './access-dto.js';

@ApiTags('Administration')
@Controller('/v1/principals')
export class PrincipalsController {
  constructor(
    private readonly principals: Principals,
    private readonly config: Config,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Register a person or a job; approvals compare principals, so each person needs one',
  })
  @Allow('admin')
  @NotLogged()
  @ApiCreatedResponse({ type: PrincipalView })
  async add(@Body() { label, roles, oidc }: NewPrincipal): Promise<PrincipalView> {
    if (oidc) this.#checkIssuer(oidc);
    return this.principals.add(label, roles, { oidc });
  }

  @Get()
  @ApiOperation({ summary: 'All principals' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: PrincipalList })
  async list(): Promise<PrincipalList> {
    return { items: await this.principals.list() };
  }

  @Delete(':principalId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End a principal, at once and for good: no key or token of it opens anything more',
  })
  @Allow('admin')
  @NotLogged()
  @ApiNoContentResponse()
  end(@Param() { principalId }: PrincipalIdDto): Promise<void> {
    return this.principals.end(principalId);
  }

  /** An identity at any other issuer would never open anything. */
  #checkIssuer({ issuer }: Identity): void {
    if (issuer === this.config.oidc?.issuer) return;
    throw new HabeasError('semantic', 'unknown-issuer', 'tokens of this issuer are not taken here', {
      errors: [{ pointer: '/body/oidc/issuer', message: 'is not HABEAS_OIDC_ISSUER' }],
    });
  }
}
