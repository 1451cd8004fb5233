import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { NotLogged } from '../../../http/logged.js';
import { Allow } from '../../../security/allow.js';
import { ParkedMessages } from '../parked-messages.js';
import { Webhooks } from '../webhooks.js';
import {
  NewWebhookView,
  ParkedMessageList,
  RetriedView,
  ShownSecretView,
  WebhookList,
} from './webhook-answers.js';
import { NewSecretBody, NewWebhookBody, RetryParkedBody, WebhookId } from './webhook-requests.js';

@ApiTags('Administration')
@Controller('/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly parked: ParkedMessages,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Have what is recorded from now on told to an address, without a word of what was recorded',
    description:
      'Deliveries are signed as Standard Webhooks 1.0.0 has it, with the secret that is shown this once.',
  })
  @Allow('admin')
  @NotLogged()
  @ApiCreatedResponse({ type: NewWebhookView })
  add(@Body() body: NewWebhookBody): Promise<NewWebhookView> {
    return this.webhooks.add(body);
  }

  @Get()
  @ApiOperation({ summary: 'All webhooks: how far each is, and since when it fails' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: WebhookList })
  async list(): Promise<WebhookList> {
    return { items: await this.webhooks.list() };
  }

  @Delete(':webhookId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Send it nothing more, at once and for good; what is outstanding is dropped' })
  @Allow('admin')
  @NotLogged()
  @ApiNoContentResponse()
  remove(@Param() { webhookId }: WebhookId): Promise<void> {
    return this.webhooks.remove(webhookId);
  }

  @Post(':webhookId/secrets')
  @ApiOperation({ summary: 'Sign with another secret, and for a while with those of before as well' })
  @Allow('admin')
  @NotLogged()
  @ApiCreatedResponse({ type: ShownSecretView })
  renewSecret(
    @Param() { webhookId }: WebhookId,
    @Body() { overlapSeconds }: NewSecretBody,
  ): Promise<ShownSecretView> {
    return this.webhooks.renewSecret(webhookId, overlapSeconds);
  }

  @Get(':webhookId/parked')
  @ApiOperation({ summary: 'What was tried ten times in vain' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: ParkedMessageList })
  async listParked(@Param() { webhookId }: WebhookId): Promise<ParkedMessageList> {
    return { items: await this.parked.of(webhookId) };
  }

  @Post(':webhookId/parked/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try what is parked again, as if it were new' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: RetriedView })
  async retryParked(
    @Param() { webhookId }: WebhookId,
    @Body() { messageIds }: RetryParkedBody,
  ): Promise<RetriedView> {
    return { messageIds: await this.parked.retry(webhookId, messageIds) };
  }
}
